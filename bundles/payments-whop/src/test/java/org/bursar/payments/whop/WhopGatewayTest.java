package org.bursar.payments.whop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.Health;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.testing.whop.FakeWhop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhopGatewayTest {
    static final Instant NOW = Instant.parse("2026-11-22T11:00:00Z");

    private static final Money PRICE = Money.of("USD", 45_010);

    /** Made by npm standardwebhooks 1.1.1, sign("msg_2b7", NOW, BODY), with the base 64 of the secret's bytes for its key. */
    private static final String SIGNATURE = "v1,8Q3YwbzeTfBpZ1PNoIxj/fcQGAOFAlgjDiN0EssY1CY=";

    private static final String BODY = "{\"type\":\"payment.succeeded\",\"data\":{\"id\":\"pay_1\"}}";

    private final FakeWhop whop = new FakeWhop(Clock.fixed(NOW, ZoneOffset.UTC));
    private final WhopGateway gateway = new WhopGateway();
    private final Tenant tenant = new Tenant(whop.base(), NOW);

    @AfterEach
    void close() {
        whop.close();
    }

    @Test
    void aCheckoutIsOneLinkOfExactAmountThatNamesThePurchase() throws GatewayException {
        CheckoutStart start = start("pur_1");

        assertThat(start).isInstanceOfSatisfying(CheckoutStart.Redirect.class, redirect -> {
            assertThat(redirect.url()).hasToString("https://whop.com/checkout/ch_1");
            assertThat(redirect.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        });
        Map<String, Object> link = whop.links.get(0);
        assertThat(link.get("account_id")).isEqualTo("biz_1");
        assertThat((Map<?, ?>) link.get("plan"))
                .satisfies(plan ->
                        assertThat((BigDecimal) plan.get("initial_price")).isEqualByComparingTo("450.10"))
                .satisfies(plan -> assertThat(plan.get("currency")).isEqualTo("usd"))
                .satisfies(plan -> assertThat(plan.get("stock")).isEqualTo(1));
        assertThat((Map<?, ?>) link.get("metadata"))
                .satisfies(metadata -> assertThat(metadata.get("purchase_id")).isEqualTo("pur_1"));
        assertThat(whop.headers)
                .containsEntry("Authorization", "Bearer key-of-1")
                .containsEntry("Idempotency-key", "key-pur_1")
                .containsEntry("Api-version-date", "2026-07-20");
    }

    @Test
    void theSameKeyLaterMakesNoSecondLink() throws GatewayException {
        CheckoutStart first = start("pur_1");
        tenant.now = NOW.plusSeconds(90);

        assertThat(start("pur_1").ref()).isEqualTo(first.ref());
        assertThat(whop.links).hasSize(1);
    }

    @Test
    void aLostAnswerIsUnknownAndTheLinkIsLocatedAmongMany() throws GatewayException {
        whop.next(FakeWhop.Fault.ANSWER_LOST);
        assertThatThrownBy(() -> start("pur_1"))
                .satisfies(thrown -> assertThat(kind(thrown)).isEqualTo(Kind.OUTCOME_UNKNOWN));
        for (int others = 2; others < 9; others++) {
            start("pur_" + others);
        }

        assertThat(gateway.locate(tenant, "pur_1", NOW))
                .containsExactly(PaymentRef.of("checkout_configuration", "biz_1/ch_1"));
        assertThat(gateway.locate(tenant, "pur_99", NOW)).isEmpty();
    }

    @Test
    void whatWentWrongSaysWhetherAnythingHappened() {
        whop.next(FakeWhop.Fault.FAILED_AFTER);
        assertThatThrownBy(() -> start("pur_1"))
                .satisfies(thrown -> assertThat(kind(thrown)).isEqualTo(Kind.OUTCOME_UNKNOWN));
        whop.next(FakeWhop.Fault.RATE_LIMITED);
        assertThatThrownBy(() -> start("pur_2")).satisfies(thrown -> {
            assertThat(kind(thrown)).isEqualTo(Kind.RATE_LIMITED);
            assertThat(((GatewayException) thrown).retryAfter()).contains(Duration.ofSeconds(7));
        });
        whop.next(FakeWhop.Fault.UNAUTHORIZED);
        assertThatThrownBy(() -> start("pur_3"))
                .satisfies(thrown -> assertThat(kind(thrown)).isEqualTo(Kind.BAD_CREDENTIALS));
        whop.next(FakeWhop.Fault.RATE_LIMITED);
        assertThatThrownBy(() -> gateway.locate(tenant, "pur_1", NOW)).isInstanceOf(GatewayException.class);
        whop.next(FakeWhop.Fault.UNAUTHORIZED);
        assertThat(gateway.health(tenant).code()).isEqualTo(Health.Code.MISCONFIGURED);
        assertThat(gateway.health(tenant).code()).isEqualTo(Health.Code.UP);
        whop.close();
        assertThatThrownBy(() -> start("pur_4")).satisfies(thrown -> {
            assertThat(kind(thrown)).isEqualTo(Kind.NOT_EXECUTED);
            assertThat(thrown).hasMessageNotContaining("key-of-1");
        });
    }

    @Test
    void theDeadlineEndsACallAsUnknown() {
        tenant.left = Duration.ofMillis(300);
        whop.next(FakeWhop.Fault.SLOW);

        assertThatThrownBy(() -> start("pur_1"))
                .satisfies(thrown -> assertThat(kind(thrown)).isEqualTo(Kind.OUTCOME_UNKNOWN));
    }

    @Test
    void phasesFollowWhatWhopShowsAndUnknownWordsStayUnknown() throws GatewayException {
        PaymentRef ref = start("pur_1").ref();
        assertThat(fetch(ref).phase()).isEqualTo(Phase.OPEN);
        Map<String, Object> payment = whop.pay(link(ref), "open", "450.10", NOW);
        payment.put("payments_failed", 1);
        assertThat(fetch(ref)).satisfies(shown -> {
            assertThat(shown.phase()).isEqualTo(Phase.OPEN);
            assertThat(shown.lastDecline()).isPresent();
        });
        payment.put("status", "pending");
        assertThat(fetch(ref).phase()).isEqualTo(Phase.PROCESSING);
        payment.put("status", "of_tomorrow");
        assertThat(fetch(ref).phase()).isEqualTo(Phase.UNKNOWN);
        payment.put("status", "paid");
        assertThat(fetch(ref)).satisfies(shown -> {
            assertThat(shown.phase()).isEqualTo(Phase.CAPTURED);
            assertThat(shown.captured()).isEqualTo(PRICE);
            assertThat(shown.purchaseId()).contains("pur_1");
        });
    }

    @Test
    void aLinkThatNobodyPaidInTimeIsExpiredAndLateMoneyStillShows() throws GatewayException {
        PaymentRef ref = start("pur_1").ref();
        tenant.now = NOW.plus(Duration.ofHours(2));
        assertThat(fetch(ref).phase()).isEqualTo(Phase.EXPIRED);

        whop.pay(link(ref), "paid", "450.10", tenant.now);
        assertThat(fetch(ref).captured()).isEqualTo(PRICE);
    }

    @Test
    void aSecondPaymentOnOneLinkShowsUntilItWasGivenBack() throws GatewayException {
        PaymentRef ref = start("pur_1").ref();
        whop.pay(link(ref), "paid", "450.10", NOW.plusSeconds(1));
        Map<String, Object> second = whop.pay(link(ref), "paid", "450.10", NOW.plusSeconds(60));

        assertThat(fetch(ref).captured()).isEqualTo(Money.of("USD", 90_020));

        FakeWhop.list(second, "refunds").add(FakeWhop.sum("ref_9", "succeeded", "450.10", "usd"));
        assertThat(fetch(ref).captured()).isEqualTo(PRICE);
        assertThat(fetch(ref).refunds()).isEmpty();
    }

    @Test
    void taxOnTopIsNotPartOfThePriceAndYenHaveNoDecimals() throws GatewayException {
        PaymentRef ref = start("pur_1", Money.of("JPY", 500)).ref();
        Map<String, Object> payment = whop.pay(link(ref), "paid", "550.0", NOW);
        payment.put("tax_behavior", "exclusive");
        payment.put("subtotal", "500");

        assertThat(fetch(ref).captured()).isEqualTo(Money.of("JPY", 500));
        payment.put("subtotal", "500.5");
        assertThatThrownBy(() -> fetch(ref)).isInstanceOf(GatewayException.class);
    }

    @Test
    void disputesAndRefundsAreFactsAndAKeyThatMayNotSeeThemIsRefused() throws GatewayException {
        PaymentRef ref = start("pur_1").ref();
        Map<String, Object> payment = whop.pay(link(ref), "paid", "450.10", NOW);
        FakeWhop.list(payment, "disputes").add(FakeWhop.sum("dis_1", "needs_response", "450.10", "usd"));
        FakeWhop.list(payment, "disputes").add(FakeWhop.sum("dis_2", "warning_closed", "450.10", "usd"));
        FakeWhop.list(payment, "refunds").add(FakeWhop.sum("ref_1", "requires_action", "10", "usd"));

        PaymentSnapshot shown = fetch(ref);
        assertThat(shown.disputes())
                .extracting(PaymentSnapshot.Dispute::status)
                .containsExactly(PaymentSnapshot.DisputeStatus.OPEN, PaymentSnapshot.DisputeStatus.INQUIRY);
        assertThat(shown.refunds())
                .extracting(PaymentSnapshot.Refund::status)
                .containsExactly(PaymentSnapshot.RefundStatus.PENDING);

        payment.put("disputes", null);
        assertThatThrownBy(() -> fetch(ref))
                .satisfies(thrown -> assertThat(kind(thrown)).isEqualTo(Kind.BAD_CREDENTIALS));
    }

    @Test
    void aRefundWhoseAnswerWasLostIsNotMadeTwice() throws GatewayException {
        PaymentRef ref = start("pur_1").ref();
        Map<String, Object> payment = whop.pay(link(ref), "paid", "450.10", NOW);
        whop.requests.clear();
        assertThatThrownBy(() -> refund(ref, Money.of("USD", 100)))
                .satisfies(thrown -> assertThat(kind(thrown)).isEqualTo(Kind.INVALID_REQUEST));
        assertThat(whop.requests).noneMatch(request -> request.startsWith("POST"));

        assertThat(refund(ref, PRICE)).isInstanceOf(OperationResult.Accepted.class);
        assertThat(refund(ref, PRICE)).isInstanceOf(OperationResult.Accepted.class);
        assertThat(FakeWhop.list(payment, "refunds")).hasSize(1);
    }

    @Test
    void aCancelledLinkIsGoneAndOneThatWasPaidMeanwhileWins() throws GatewayException {
        PaymentRef open = start("pur_1").ref();
        assertThat(gateway.cancel(tenant, open, IdempotencyKey.of("c1")).phase())
                .isEqualTo(Phase.CANCELLED);
        assertThat(gateway.cancel(tenant, open, IdempotencyKey.of("c1")).phase())
                .isEqualTo(Phase.CANCELLED);

        PaymentRef paid = start("pur_2").ref();
        whop.pay(link(paid), "paid", "450.10", NOW);
        assertThat(gateway.cancel(tenant, paid, IdempotencyKey.of("c2")).phase())
                .isEqualTo(Phase.CAPTURED);
        assertThat(whop.links).hasSize(1);
    }

    @Test
    void whatTheOfficialLibrarySignedIsAcceptedAndOneChangedByteIsNot() throws WebhookRejected {
        WebhookOutcome outcome = gateway.handleWebhook(tenant, signed(BODY, SIGNATURE));
        assertThat(outcome.eventId()).isEqualTo("msg_2b7");
        assertThat(outcome.changed())
                .singleElement()
                .satisfies(hint -> assertThat(hint.ref()).isEqualTo(PaymentRef.of("payment", "pay_1")));

        assertThat(why(signed(BODY.replace('1', '2'), SIGNATURE))).isEqualTo(WebhookRejected.Why.BAD_SIGNATURE);
        assertThat(why(signed(BODY, "v1,"))).isEqualTo(WebhookRejected.Why.BAD_SIGNATURE);
        assertThat(why(signed(BODY, ""))).isEqualTo(WebhookRejected.Why.MALFORMED);
        assertThat(gateway.handleWebhook(tenant, signed(BODY, "v1,AAAA v2,x " + SIGNATURE))
                        .understood())
                .isTrue();
        tenant.received = NOW.plusSeconds(301);
        assertThat(why(signed(BODY, SIGNATURE))).isEqualTo(WebhookRejected.Why.STALE);
        tenant.received = NOW;
        tenant.secret = "ws_new";
        assertThat(why(signed(BODY, SIGNATURE))).isEqualTo(WebhookRejected.Why.BAD_SIGNATURE);
        tenant.previous = Optional.of("ws_3f1c9e5d7b");
        assertThat(gateway.handleWebhook(tenant, signed(BODY, SIGNATURE)).eventId())
                .isEqualTo("msg_2b7");
        assertThat(whop.requests).isEmpty();
    }

    private static String link(PaymentRef ref) {
        return ref.id().substring("biz_1/".length());
    }

    private CheckoutStart start(String purchase) throws GatewayException {
        return start(purchase, PRICE);
    }

    private CheckoutStart start(String purchase, Money price) throws GatewayException {
        return gateway.startCheckout(tenant, new Asked(purchase, price));
    }

    private PaymentSnapshot fetch(PaymentRef ref) throws GatewayException {
        return gateway.fetch(tenant, ref);
    }

    private OperationResult refund(PaymentRef ref, Money amount) throws GatewayException {
        return gateway.refund(tenant, ref, amount, IdempotencyKey.of("refund-1"), "asked for");
    }

    private static Kind kind(Throwable thrown) {
        assertThat(thrown).isInstanceOf(GatewayException.class);
        return ((GatewayException) thrown).kind();
    }

    private Tenant.Webhook signed(String body, String signature) {
        return new Tenant.Webhook(
                body.getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "webhook-id", List.of("msg_2b7"),
                        "webhook-timestamp", List.of(Long.toString(NOW.getEpochSecond())),
                        "webhook-signature", List.of(signature)),
                tenant.received);
    }

    private WebhookRejected.Why why(Tenant.Webhook webhook) {
        try {
            gateway.handleWebhook(tenant, webhook);
        } catch (WebhookRejected rejected) {
            return rejected.why();
        }
        throw new AssertionError("accepted");
    }
}

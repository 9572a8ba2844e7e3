package org.bursar.payments.whop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.SubscriptionSnapshot;
import org.bursar.payments.spi.SubscriptionSnapshot.Status;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.testing.whop.FakeWhop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans that Whop renews: each charge is one payment of one purchase, found by looking, and ended when told to. */
class WhopMembershipsTest {
    private static final Instant NOW = WhopGatewayTest.NOW;
    private static final Money PRICE = Money.of("USD", 45_010);
    private static final Duration PERIOD = Duration.ofDays(30);
    private static final PaymentRef MEMBERSHIP = PaymentRef.of("membership", "mem_2");

    private final FakeWhop whop = new FakeWhop(Clock.fixed(NOW, ZoneOffset.UTC));
    private final WhopGateway gateway = new WhopGateway();
    private final Tenant tenant = new Tenant(whop.base(), NOW);

    @AfterEach
    void close() {
        whop.close();
    }

    private PaymentRef start(Period interval) throws GatewayException {
        return gateway.startCheckout(tenant, new Asked("pur_1", PRICE, Optional.of(interval)))
                .ref();
    }

    /** A monthly plan whose first period was paid. */
    private PaymentRef begun() throws GatewayException {
        PaymentRef ref = start(Period.ofMonths(1));
        whop.pay("ch_1", "paid", "450.10", NOW);
        return ref;
    }

    private Map<String, Object> renewed(int period, String status) {
        return whop.renew(whop.books, "mem_2", status, NOW.plus(PERIOD.multipliedBy(period)));
    }

    private static PaymentRef payment(Map<String, Object> payment) {
        return PaymentRef.of("payment", String.valueOf(payment.get("id")));
    }

    private static Kind kind(Throwable thrown) {
        assertThat(thrown).isInstanceOf(GatewayException.class);
        return ((GatewayException) thrown).kind();
    }

    @ParameterizedTest
    @CsvSource({"P1M, 30", "P1Y, 365", "P3M, 90", "P14M, 425", "P7D, 7"})
    void aPlanIsChargedOnceAtFirstAndThenByDaysOfWhichThePayerIsTold(String interval, int days)
            throws GatewayException {
        start(Period.parse(interval));
        Map<?, ?> plan = (Map<?, ?>) whop.links.get(0).get("plan");
        assertThat(plan.get("plan_type")).isEqualTo("renewal");
        assertThat(plan.get("billing_period")).isEqualTo(days);
        assertThat(gateway.charges(Period.parse(interval))).isEqualTo(Period.ofDays(days));
        assertThat(String.valueOf(plan.get("description"))).contains("every " + days + " days");
        assertThat(new BigDecimal(String.valueOf(plan.get("renewal_price")))).isEqualByComparingTo("450.10");
        assertThat(new BigDecimal(String.valueOf(plan.get("initial_price"))))
                .as("it comes on top of the first renewal price")
                .isEqualByComparingTo("0");
    }

    @Test
    void whoCannotReadMembershipsSellsNoPlan() {
        whop.books.members = false;
        assertThatThrownBy(() -> start(Period.ofMonths(1)))
                .satisfies(thrown -> assertThat(kind(thrown)).isEqualTo(Kind.BAD_CREDENTIALS));
        assertThat(whop.links).isEmpty();
    }

    @Test
    void theFirstPeriodIsTheCheckoutsAndNamesItsMembership() throws GatewayException {
        PaymentRef ref = begun();
        PaymentSnapshot shown = gateway.fetch(tenant, ref);
        assertThat(shown.captured()).isEqualTo(PRICE);
        assertThat(shown.purchaseId()).contains("pur_1");
        assertThat(shown.subscription()).contains(MEMBERSHIP);
        assertThat(gateway.fetch(tenant, MEMBERSHIP).toString())
                .as("asked by the membership, it is the same payment")
                .isEqualTo(shown.toString());
        assertThat(gateway.subscription(tenant, ref).periods()).isEmpty();
    }

    @Test
    void eachLaterPeriodIsAPaymentOfItsOwnAndNoneOfTheFirst() throws GatewayException {
        PaymentRef first = begun();
        Map<String, Object> second = renewed(1, "paid");
        Map<String, Object> third = renewed(2, "paid");
        // Whop's types leave open whether it does
        third.put("checkout_configuration_id", null);
        renewed(3, "draft");

        SubscriptionSnapshot seen = gateway.subscription(tenant, first);
        assertThat(seen.ref()).isEqualTo(MEMBERSHIP);
        assertThat(seen.periods()).containsExactly(payment(second), payment(third));
        assertThat(gateway.subscription(tenant, MEMBERSHIP).toString()).isEqualTo(seen.toString());

        assertThat(gateway.fetch(tenant, first).captured())
                .as("what was paid for the first purchase")
                .isEqualTo(PRICE);
        for (PaymentRef period : seen.periods()) {
            PaymentSnapshot shown = gateway.fetch(tenant, period);
            assertThat(shown.ref()).isEqualTo(period);
            assertThat(shown.captured()).isEqualTo(PRICE);
            assertThat(shown.purchaseId())
                    .as("the metadata names the first purchase")
                    .isEmpty();
            assertThat(shown.subscription()).contains(MEMBERSHIP);
        }
    }

    @Test
    void anotherMembershipsPeriodsAreNotThisOnes() throws GatewayException {
        PaymentRef first = begun();
        whop.pay("ch_1", "paid", "450.10", NOW.plusSeconds(60));
        String other = String.valueOf(whop.books.memberships.get(1).get("id"));
        whop.renew(whop.books, other, "paid", NOW.plus(PERIOD));

        assertThat(gateway.subscription(tenant, first).periods()).isEmpty();
        assertThat(gateway.fetch(tenant, first).captured())
                .as("people look at a link that was paid twice")
                .isEqualTo(Money.of("USD", 90_020));
    }

    @Test
    void aDeclinedPeriodIsOpenWithItsReasonUntilItIsPaid() throws GatewayException {
        begun();
        Map<String, Object> period = renewed(1, "open");
        period.put("payments_failed", 1);
        PaymentSnapshot shown = gateway.fetch(tenant, payment(period));
        assertThat(shown.phase()).isEqualTo(Phase.OPEN);
        assertThat(shown.lastDecline()).isPresent();
        assertThat(shown.captured().minor()).isZero();

        period.put("status", "uncollectible");
        assertThat(gateway.fetch(tenant, payment(period)).phase()).isEqualTo(Phase.FAILED);
        period.put("status", "paid");
        assertThat(gateway.fetch(tenant, payment(period)).captured()).isEqualTo(PRICE);
    }

    @Test
    void aPeriodIsRefundedAloneAndTheFirstStays() throws GatewayException {
        PaymentRef first = begun();
        Map<String, Object> period = renewed(1, "paid");
        assertThat(gateway.refund(tenant, payment(period), PRICE, IdempotencyKey.of("r1"), "asked for"))
                .isInstanceOf(OperationResult.Accepted.class);
        assertThat(gateway.fetch(tenant, payment(period)).refunds()).hasSize(1);
        assertThat(gateway.fetch(tenant, first).refunds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "active, RUNNING",
        "trialing, RUNNING",
        "past_due, RUNNING",
        "canceling, RUNNING",
        "canceled, ENDED",
        "expired, ENDED",
        "completed, ENDED",
        "unresolved, UNKNOWN",
        "of_tomorrow, UNKNOWN"
    })
    void howItStandsIsWhatWhopShows(String status, Status expected) throws GatewayException {
        PaymentRef ref = begun();
        whop.books.memberships.get(0).put("status", status);
        assertThat(gateway.subscription(tenant, ref).status()).isEqualTo(expected);
    }

    @Test
    void whatIsToldToEndEndsOnce() throws GatewayException {
        PaymentRef first = begun();
        IdempotencyKey key = IdempotencyKey.of("stop");
        for (int often = 0; often < 2; often++) {
            gateway.cancelSubscription(tenant, MEMBERSHIP, true, key);
            assertThat(gateway.subscription(tenant, first).status()).isEqualTo(Status.RUNNING);
        }
        for (int often = 0; often < 2; often++) {
            assertThat(gateway.cancelSubscription(tenant, first, false, key).captured())
                    .isEqualTo(PRICE);
            assertThat(gateway.subscription(tenant, first).status()).isEqualTo(Status.ENDED);
        }
        assertThat(whop.requests).filteredOn(one -> one.endsWith("/cancel")).hasSize(2);
    }

    @Test
    void whatIsPaidOnceHasNoSubscription() throws GatewayException {
        PaymentRef once =
                gateway.startCheckout(tenant, new Asked("pur_once", PRICE)).ref();
        whop.pay("ch_1", "paid", "450.10", NOW).put("membership", Map.of("id", "mem_9", "status", "completed"));
        assertThat(gateway.fetch(tenant, once).subscription()).isEmpty();
        assertThatThrownBy(() -> gateway.subscription(tenant, once))
                .satisfies(thrown -> assertThat(kind(thrown)).isEqualTo(Kind.NOT_FOUND));
        assertThatThrownBy(() -> gateway.subscription(tenant, PaymentRef.of("checkout_configuration", "biz_2/ch_1")))
                .satisfies(thrown -> assertThat(kind(thrown)).isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void anotherAccountsMembershipIsNotShown() throws GatewayException {
        begun();
        whop.books.memberships.get(0).put("company", Map.of("id", "biz_2"));
        assertThatThrownBy(() -> gateway.fetch(tenant, MEMBERSHIP))
                .satisfies(thrown -> assertThat(kind(thrown)).isEqualTo(Kind.NOT_FOUND));
    }

    @ParameterizedTest
    @CsvSource({
        "membership.activated",
        "membership.deactivated",
        "membership.cancel_at_period_end_changed",
        "membership.trial_ending_soon"
    })
    void anEventOfAMembershipLeadsToALookAndIsNotBelieved(String type) throws Exception {
        assertThat(hints(type, "{\"id\":\"mem_2\",\"status\":\"canceled\",\"metadata\":{\"purchase_id\":\"pur_1\"}}"))
                .singleElement()
                .satisfies(hint -> {
                    assertThat(hint.ref()).isEqualTo(MEMBERSHIP);
                    assertThat(hint.purchaseId()).isEmpty();
                });
        assertThat(whop.requests).isEmpty();
    }

    @Test
    void anEventOfALaterPeriodNamesItsOwnPaymentAndNotTheFirstPurchase() throws Exception {
        String later =
                "{\"id\":\"pay_7\",\"checkout_configuration_id\":\"ch_1\",\"billing_reason\":\"subscription_cycle\","
                        + "\"metadata\":{\"purchase_id\":\"pur_1\"}}";
        for (String type : List.of("payment.succeeded", "payment.failed")) {
            assertThat(hints(type, later)).singleElement().satisfies(hint -> {
                assertThat(hint.ref()).isEqualTo(PaymentRef.of("payment", "pay_7"));
                assertThat(hint.purchaseId()).isEmpty();
            });
        }
        assertThat(hints("refund.created", "{\"id\":\"ref_1\",\"payment\":" + later + "}"))
                .extracting(Hint::ref)
                .containsExactly(PaymentRef.of("payment", "pay_7"));
    }

    private List<Hint> hints(String type, String data) throws WebhookRejected, GeneralSecurityException {
        byte[] body = ("{\"type\":\"" + type + "\",\"data\":" + data + "}").getBytes(StandardCharsets.UTF_8);
        String time = Long.toString(NOW.getEpochSecond());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(tenant.secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update(("msg_1." + time + ".").getBytes(StandardCharsets.UTF_8));
        String signature = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        return gateway.handleWebhook(
                        tenant,
                        new Tenant.Webhook(
                                body,
                                Map.of(
                                        "webhook-id", List.of("msg_1"),
                                        "webhook-timestamp", List.of(time),
                                        "webhook-signature", List.of(signature)),
                                NOW))
                .changed();
    }
}

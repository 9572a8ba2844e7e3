package org.bursar.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.Map;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.PaymentSnapshot.RefundStatus;
import org.bursar.testing.stripe.Fault;
import org.junit.jupiter.api.Test;

class StripeFactsTest extends StripeTestBase {
    private static final Money PRICE = Money.of("USD", 45_000);
    private static final Money NOTHING = Money.of("USD", 0);

    private void assertShown(PaymentRef ref, Phase phase, Money captured) throws GatewayException {
        PaymentSnapshot facts = fetched(ref);
        assertThat(facts.phase()).isEqualTo(phase);
        assertThat(facts.captured()).isEqualTo(captured);
        assertThat(facts.mode()).isEqualTo(Mode.TEST);
        assertThat(facts.purchaseId()).contains("pur_1");
        assertThat(facts.ref()).isEqualTo(ref);
    }

    @Test
    void aPaymentFromOpenToCaptured() throws GatewayException {
        PaymentRef ref = begun(Calls.checkout("pur_1").saving());
        assertShown(ref, Phase.OPEN, NOTHING);
        account.payer().pay(ref.id());
        assertShown(ref, Phase.CAPTURED, PRICE);
        assertThat(fetched(ref).savedMethod()).isPresent();
    }

    @Test
    void aDeclinedCardCanBeFollowedByAnother() throws GatewayException {
        PaymentRef ref = begun(Calls.checkout("pur_1"));
        account.payer().decline(ref.id(), "insufficient_funds");
        assertShown(ref, Phase.OPEN, NOTHING);
        assertThat(fetched(ref).lastDecline()).get().satisfies(decline -> {
            assertThat(decline.code()).isEqualTo(DeclineCode.INSUFFICIENT_FUNDS);
            assertThat(decline.providerCode()).isEqualTo("insufficient_funds");
            assertThat(decline.retryable()).isTrue();
        });
        account.payer().pay(ref.id());
        assertShown(ref, Phase.CAPTURED, PRICE);
        assertThat(fetched(ref).lastDecline()).isEmpty();
    }

    @Test
    void moneyThatTakesDaysComesOrDoesNot() throws GatewayException {
        PaymentRef ref = begun(Calls.checkout("pur_1"));
        account.payer().process(ref.id());
        assertShown(ref, Phase.PROCESSING, NOTHING);
        account.payer().fail(ref.id());
        assertShown(ref, Phase.FAILED, NOTHING);
        assertThat(fetched(ref).lastDecline()).get().matches(decline -> !decline.retryable());
        account.payer().pay(ref.id());
        assertShown(ref, Phase.CAPTURED, PRICE);
    }

    @Test
    void anExpiredCheckoutIsExpiredWhateverWasTriedBefore() throws GatewayException {
        PaymentRef ref = begun(Calls.checkout("pur_1"));
        account.payer().decline(ref.id(), "generic_decline");
        account.payer().expire(ref.id());
        assertShown(ref, Phase.EXPIRED, NOTHING);
        account.payer().pay(ref.id());
        assertShown(ref, Phase.CAPTURED, PRICE);
    }

    @Test
    void whatIsStoppedByUsIsCancelledForEver() throws GatewayException {
        PaymentRef ref = begun(Calls.checkout("pur_1"));
        IdempotencyKey key = IdempotencyKey.of("ten_1:pur_1:cancel");
        assertThat(gateway.cancel(context, ref, key).phase()).isEqualTo(Phase.CANCELLED);
        assertThat(gateway.cancel(context, ref, key).phase()).isEqualTo(Phase.CANCELLED);
        assertShown(ref, Phase.CANCELLED, NOTHING);

        PaymentRef quick = paid("pur_2");
        assertThat(gateway.cancel(context, quick, IdempotencyKey.of("k2")).phase())
                .isEqualTo(Phase.CAPTURED);
    }

    @Test
    void thePayerWhoIsQuickerThanTheCancellationHasPaid() throws GatewayException {
        PaymentRef ref = begun(Calls.checkout("pur_1"));
        stripe.trapNext("POST /v1/checkout/sessions/{id}", new Fault.Dropped());
        refused(Kind.OUTCOME_UNKNOWN, () -> gateway.cancel(context, ref, IdempotencyKey.of("k")));
        account.payer().pay(ref.id());
        assertThat(gateway.cancel(context, ref, IdempotencyKey.of("k")).phase()).isEqualTo(Phase.CAPTURED);
    }

    @Test
    void aReviewHoldsUntilItIsClosed() throws GatewayException {
        PaymentRef ref = paid("pur_1");
        account.payer().openReview(intent(ref));
        assertThat(fetched(ref).reviewOpen()).isTrue();
        account.payer().closeReview(intent(ref), true);
        assertThat(fetched(ref).reviewOpen()).isFalse();
        assertShown(ref, Phase.CAPTURED, PRICE);

        PaymentRef bad = paid("pur_2");
        account.payer().openReview(intent(bad));
        account.payer().closeReview(intent(bad), false);
        assertThat(fetched(bad).refunds())
                .extracting(PaymentSnapshot.Refund::amount)
                .containsExactly(PRICE);
    }

    @Test
    void disputesOfEveryKindAreShown() throws GatewayException {
        Map<String, DisputeStatus> words = Map.of(
                "warning_needs_response", DisputeStatus.INQUIRY,
                "warning_under_review", DisputeStatus.INQUIRY,
                "warning_closed", DisputeStatus.CLOSED,
                "needs_response", DisputeStatus.OPEN,
                "under_review", DisputeStatus.OPEN,
                "won", DisputeStatus.WON,
                "lost", DisputeStatus.LOST,
                "levitating", DisputeStatus.UNKNOWN);
        PaymentRef ref = paid("pur_1");
        String dispute = account.payer()
                .dispute(intent(ref), "needs_response")
                .path("id")
                .asText();
        for (Map.Entry<String, DisputeStatus> word : words.entrySet()) {
            account.payer().disputeBecomes(dispute, word.getKey());
            assertThat(fetched(ref).disputes()).singleElement().satisfies(shown -> {
                assertThat(shown.status()).isEqualTo(word.getValue());
                assertThat(shown.amount()).isEqualTo(PRICE);
            });
            assertShown(ref, Phase.CAPTURED, PRICE);
        }
    }

    @Test
    void refundsOfEveryStatusAreShown() throws GatewayException {
        PaymentRef ref = paid("pur_1");
        String refund =
                account.payer().refund(intent(ref), 100, "pending").path("id").asText();
        Map<String, RefundStatus> words = Map.of(
                "pending", RefundStatus.PENDING,
                "requires_action", RefundStatus.PENDING,
                "succeeded", RefundStatus.SUCCEEDED,
                "failed", RefundStatus.FAILED,
                "canceled", RefundStatus.FAILED,
                "levitating", RefundStatus.UNKNOWN);
        for (Map.Entry<String, RefundStatus> word : words.entrySet()) {
            account.payer().refundBecomes(refund, word.getKey());
            assertThat(fetched(ref).refunds()).singleElement().satisfies(shown -> {
                assertThat(shown.status()).isEqualTo(word.getValue());
                assertThat(shown.amount()).isEqualTo(Money.of("USD", 100));
            });
        }
        for (int i = 0; i < 120; i++) {
            account.payer().refund(intent(ref), 1, "succeeded");
        }
        assertThat(fetched(ref).refunds()).hasSize(121);
    }

    @Test
    void theAmountCurrencyAndModeAreTheProvidersOwn() throws GatewayException {
        PaymentRef ref = begun(Calls.checkout("pur_1"));
        account.payer().pay(ref.id(), 44_999);
        assertShown(ref, Phase.CAPTURED, Money.of("USD", 44_999));
        stripe.trap(request -> request.method().equals("GET"), new Fault.WrongMode());
        assertThat(fetched(ref).mode()).isEqualTo(Mode.LIVE);
        stripe.trap(request -> request.method().equals("GET"), new Fault.Changed("\"usd\"", "\"eur\""));
        assertThat(fetched(ref).captured()).isEqualTo(Money.of("EUR", 44_999));
    }

    @Test
    void aWordThatIsNewIsUnknown() throws GatewayException {
        PaymentRef ref = begun(Calls.checkout("pur_1"));
        account.payer().unheardOf(ref.id());
        assertThat(fetched(ref).phase()).isEqualTo(Phase.UNKNOWN);
    }

    @Test
    void aPaymentOfACheckoutIsShownAsThatCheckout() throws GatewayException {
        PaymentRef ref = paid("pur_1");
        assertThat(fetched(Refs.intent(intent(ref))).ref()).isEqualTo(ref);
        refused(Kind.NOT_FOUND, () -> fetched(Refs.intent("pi_nobody")));
        refused(Kind.NOT_FOUND, () -> fetched(PaymentRef.of("payment_method", "pm_1")));
    }

    @Test
    void aSubscriptionsFirstPeriodIsThePurchasesAndTheNextIsNot() throws GatewayException {
        PaymentRef ref = begun(Calls.checkout("pur_1").each(Period.ofMonths(1)));
        assertShown(ref, Phase.OPEN, NOTHING);
        account.payer().pay(ref.id());
        assertShown(ref, Phase.CAPTURED, PRICE);

        String subscription = shown(ref).path("subscription").asText();
        PaymentRef period = PaymentRef.of(
                "invoice", account.payer().renew(subscription).path("id").asText());
        assertThat(fetched(period).captured()).isEqualTo(PRICE);
        assertThat(fetched(period).purchaseId()).isEmpty();
        assertThat(fetched(PaymentRef.of("subscription", subscription)).captured())
                .isEqualTo(PRICE);

        PaymentRef parent = PaymentRef.of("subscription", subscription);
        gateway.cancelSubscription(context, parent, true, IdempotencyKey.of("k1"));
        assertThat(shown(parent).path("cancel_at_period_end").asBoolean()).isTrue();
        gateway.cancelSubscription(context, ref, false, IdempotencyKey.of("k2"));
        assertThat(shown(parent).path("status").asText()).isEqualTo("canceled");
        gateway.cancelSubscription(context, ref, false, IdempotencyKey.of("k3"));
        refused(
                Kind.NOT_FOUND,
                () -> gateway.cancelSubscription(context, paid("pur_2"), true, IdempotencyKey.of("k4")));
    }
}

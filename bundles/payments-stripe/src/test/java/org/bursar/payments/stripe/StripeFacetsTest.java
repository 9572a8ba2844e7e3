package org.bursar.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.SavedMethodRef;
import org.bursar.testing.stripe.Fault;
import org.junit.jupiter.api.Test;

class StripeFacetsTest extends StripeTestBase {
    private static final Money PRICE = Money.of("USD", 45_000);
    private static final IdempotencyKey KEY = IdempotencyKey.of("ten_1:pur_1:operation:1");

    private OperationResult refund(PaymentRef ref, long minor, IdempotencyKey key) throws GatewayException {
        return gateway.refund(context, ref, Money.of("USD", minor), key, "not what was hoped");
    }

    @Test
    void aRefundIsMadeOnceAndShown() throws GatewayException {
        PaymentRef ref = paid("pur_1");
        assertThat(refund(ref, 100, KEY))
                .isInstanceOfSatisfying(
                        OperationResult.Accepted.class,
                        done -> assertThat(done.snapshot().refunds()).hasSize(1));
        assertThat(refund(ref, 100, KEY)).isInstanceOf(OperationResult.Accepted.class);
        account.forgetKeys();
        assertThat(refund(ref, 100, KEY)).isInstanceOf(OperationResult.Accepted.class);
        assertThat(account.all("refund")).hasSize(1);

        refund(ref, 44_900, IdempotencyKey.of("k2"));
        assertThat(fetched(ref).refunds())
                .extracting(PaymentSnapshot.Refund::amount)
                .containsExactlyInAnyOrder(Money.of("USD", 100), Money.of("USD", 44_900));
        refused(Kind.INVALID_REQUEST, () -> refund(ref, 1, IdempotencyKey.of("k3")));
    }

    @Test
    void aRefundWhoseAnswerIsLostIsMadeOnce() throws GatewayException {
        PaymentRef ref = paid("pur_1");
        stripe.trapNext("POST /v1/refunds", new Fault.Dropped());
        refused(Kind.OUTCOME_UNKNOWN, () -> refund(ref, 100, KEY));
        account.forgetKeys();
        assertThat(refund(ref, 100, KEY)).isInstanceOf(OperationResult.Accepted.class);
        assertThat(account.all("refund")).hasSize(1);
    }

    @Test
    void aRefundThatWaitsIsPendingAndOneThatFailedIsDeclined() throws GatewayException {
        PaymentRef ref = paid("pur_1");
        account.find(intent(ref)).orElseThrow().put("_refunds", "pending");
        assertThat(refund(ref, 100, KEY)).isInstanceOf(OperationResult.Pending.class);
        account.payer().refundBecomes(account.all("refund").get(0).path("id").asText(), "failed");
        assertThat(refund(ref, 100, KEY)).isInstanceOf(OperationResult.Declined.class);
    }

    @Test
    void aRefundThatWorkedIsNeverAnErrorBecauseItCannotBeShown() throws GatewayException {
        PaymentRef ref = paid("pur_1");
        stripe.trap(request -> request.route().equals("GET /v1/disputes"), new Fault.Failed());
        assertThat(refund(ref, 100, KEY)).isInstanceOf(OperationResult.Pending.class);
    }

    @Test
    void nothingIsRefundedOfWhatWasNotPaid() throws GatewayException {
        PaymentRef ref = begun(Calls.checkout("pur_1"));
        refused(Kind.INVALID_REQUEST, () -> refund(ref, 100, KEY));
    }

    private SavedMethodRef method(String behaviour) {
        var method = account.payer().savedMethod(behaviour);
        return SavedMethodRef.of(
                method.path("customer").asText(), method.path("id").asText());
    }

    private OperationResult charge(SavedMethodRef method) throws GatewayException {
        return gateway.charge(context, method, PRICE, "pur_1", KEY);
    }

    @Test
    void aSavedCardIsChargedOnceWithoutThePayer() throws GatewayException {
        SavedMethodRef good = method("good");
        OperationResult first = charge(good);
        assertThat(first).isInstanceOfSatisfying(OperationResult.Accepted.class, done -> {
            assertThat(done.snapshot().captured()).isEqualTo(PRICE);
            assertThat(done.snapshot().purchaseId()).contains("pur_1");
        });
        assertThat(charge(good).ref()).isEqualTo(first.ref());
        assertThat(account.all("payment_intent")).hasSize(1);
        assertThat(fetched(first.ref()).phase()).isEqualTo(Phase.CAPTURED);
        assertThat(gateway.locate(context, "pur_1", Calls.NOW)).containsExactly(first.ref());
    }

    @Test
    void aChargeWhoseAnswerIsLostIsFoundAndMadeOnce() throws GatewayException {
        SavedMethodRef good = method("good");
        stripe.trapNextWrite(new Fault.Dropped());
        refused(Kind.OUTCOME_UNKNOWN, () -> charge(good));
        assertThat(gateway.locate(context, "pur_1", Calls.NOW)).hasSize(1);
        charge(good);
        assertThat(account.all("charge")).hasSize(1);
    }

    @Test
    void declinesSayWhetherThePayerCanHelp() throws GatewayException {
        assertDeclined("authentication_required", DeclineCode.AUTHENTICATION_REQUIRED, true);
        assertDeclined("insufficient_funds", DeclineCode.INSUFFICIENT_FUNDS, false);
        assertDeclined("expired_card", DeclineCode.EXPIRED_METHOD, false);
        assertDeclined("stolen_card", DeclineCode.FRAUD_BLOCKED, false);
        assertDeclined("generic_decline", DeclineCode.CARD_DECLINED, false);
    }

    private void assertDeclined(String behaviour, DeclineCode code, boolean again) throws GatewayException {
        SavedMethodRef method = method(behaviour);
        IdempotencyKey key = IdempotencyKey.of("ten_1:" + behaviour);
        OperationResult first = gateway.charge(context, method, PRICE, "pur_1", key);
        assertThat(first).isInstanceOfSatisfying(OperationResult.Declined.class, declined -> {
            assertThat(declined.decline().code()).isEqualTo(code);
            assertThat(declined.decline().retryable()).isEqualTo(again);
        });
        assertThat(gateway.charge(context, method, PRICE, "pur_1", key).ref()).isEqualTo(first.ref());
        assertThat(fetched(first.ref()).phase()).isEqualTo(Phase.FAILED);
        assertThat(fetched(first.ref()).captured().minor()).isZero();
    }

    @Test
    void aCardThatIsGoneIsSaidToBeGone() throws GatewayException {
        assertThat(charge(method("gone")))
                .isInstanceOfSatisfying(
                        OperationResult.Declined.class,
                        declined -> assertThat(declined.decline().code()).isEqualTo(DeclineCode.METHOD_GONE));
        SavedMethodRef good = method("good");
        gateway.forget(context, good);
        gateway.forget(context, good);
        gateway.forget(context, SavedMethodRef.of("cus_1", "pm_nobody"));
        assertThat(gateway.charge(context, good, PRICE, "pur_1", IdempotencyKey.of("k2")))
                .isInstanceOf(OperationResult.Declined.class);
        assertThat(account.all("charge")).isEmpty();
    }

    @Test
    void theEndpointIsRegisteredOnceAndRepaired() throws GatewayException {
        URI address = URI.create("https://api.example.com/hooks/stripe/0123");
        Calls.Given fresh = context.without(Settings.SIGNING);
        Map<String, String> settings = gateway.ensureWebhook(fresh, address);
        assertThat(settings.get(Settings.SIGNING)).startsWith("whsec_");
        assertThat(gateway.ensureWebhook(context.secret(Settings.SIGNING, settings.get(Settings.SIGNING)), address))
                .isEmpty();
        // the secret of the first was lost on the way
        assertThat(gateway.ensureWebhook(fresh, address)).containsKey(Settings.SIGNING);
        assertThat(account.all("webhook_endpoint")).hasSize(1);

        var endpoint = account.all("webhook_endpoint").get(0);
        endpoint.put("status", "disabled").putArray("enabled_events").add("invoice.paid");
        gateway.ensureWebhook(context, address);
        assertThat(account.all("webhook_endpoint").get(0).path("enabled_events"))
                .hasSize(Webhooks.TYPES.size());
        assertThat(account.all("webhook_endpoint").get(0).path("status").asText())
                .isEqualTo("enabled");
    }

    @Test
    void thePortalIsALinkForOneVisit() throws GatewayException {
        SavedMethodRef good = method("good");
        URI link = gateway.portal(context, good.customerId(), URI.create("https://app.example.com/billing"));
        assertThat(link.getHost()).isEqualTo("billing.stripe.com");
        refused(
                Kind.NOT_FOUND,
                () -> gateway.portal(context, "cus_nobody", URI.create("https://app.example.com/billing")));
    }
}

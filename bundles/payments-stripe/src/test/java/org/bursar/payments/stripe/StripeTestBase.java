package org.bursar.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.testing.stripe.FakeStripe;
import org.bursar.testing.stripe.StripeAccount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway and a Stripe of our own. */
abstract class StripeTestBase {
    final StripeGateway gateway = new StripeGateway();
    FakeStripe stripe;
    StripeAccount account;
    Calls.Given context;

    @BeforeEach
    void startStripe() {
        stripe = FakeStripe.start(Clock.fixed(Calls.NOW, ZoneOffset.UTC));
        account = stripe.account(Calls.KEY);
        context = Calls.context(stripe.uri());
    }

    @AfterEach
    void stopStripe() {
        stripe.close();
        gateway.letGo();
    }

    PaymentRef begun(Calls.Asked asked) throws GatewayException {
        CheckoutStart start = gateway.startCheckout(context, asked);
        assertThat(start).isInstanceOf(CheckoutStart.Redirect.class);
        return start.ref();
    }

    /** A checkout that was paid. */
    PaymentRef paid(String purchase) throws GatewayException {
        PaymentRef ref = begun(Calls.checkout(purchase));
        account.payer().pay(ref.id());
        return ref;
    }

    PaymentSnapshot fetched(PaymentRef ref) throws GatewayException {
        return gateway.fetch(context, ref);
    }

    /** The id of the payment of a session. */
    String intent(PaymentRef session) {
        return account.find(session.id()).orElseThrow().path("payment_intent").asText();
    }

    ObjectNode shown(PaymentRef ref) {
        return account.find(ref.id()).orElseThrow();
    }

    static GatewayException refused(GatewayException.Kind kind, ThrowingCallable call) {
        GatewayException refusal = catchThrowableOfType(GatewayException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(kind);
        assertThat(refusal.getCause()).as("a cause may quote the answer").isNull();
        assertThat(refusal.getMessage()).doesNotContain(Calls.KEY).doesNotContain("ada@example.com");
        return refusal;
    }
}

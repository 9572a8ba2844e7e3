package org.bursar.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.net.Webhook;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.DisputeStatus;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scenarios that Stripe's command-line program acts out against our Stripe: requests that we would not think of. */
class ScenariosTest extends StripeTestBase {
    private static OfficialClient official;

    @BeforeAll
    static void install() throws Exception {
        official = OfficialClient.installed();
    }

    /** What the gateway makes of a scenario: the payments that its events name, as they are shown. */
    private Map<String, PaymentSnapshot> shown(String event, String... more) throws Exception {
        official.triggered(event, stripe.uri(), Calls.KEY, more);
        Map<String, PaymentSnapshot> shown = new LinkedHashMap<>();
        for (ObjectNode one : account.events()) {
            String signature = Webhook.Signature.generateSignatureHeader(
                    one.toString(), Calls.SIGNING, Calls.NOW.getEpochSecond());
            WebhookOutcome outcome = gateway.handleWebhook(context, Calls.webhook(one.toString(), signature));
            assertThat(outcome.understood()).as(outcome.type()).isTrue();
            for (Hint hint : outcome.changed()) {
                PaymentSnapshot facts = fetched(hint.ref());
                shown.put(facts.ref().toString(), facts);
            }
        }
        return shown;
    }

    private PaymentSnapshot only(String event, String... more) throws Exception {
        Map<String, PaymentSnapshot> shown = shown(event, more);
        assertThat(shown).as(event).hasSize(1);
        return shown.values().iterator().next();
    }

    @Test
    void aSessionIsPaid() throws Exception {
        PaymentSnapshot facts =
                only("checkout.session.completed", "checkout_session:metadata[bursar_purchase]=pur_cli");
        assertThat(facts.ref().kind()).isEqualTo("checkout.session");
        assertThat(facts.phase()).isEqualTo(Phase.CAPTURED);
        assertThat(facts.captured()).isEqualTo(Money.of("USD", 3_000));
        assertThat(facts.purchaseId()).contains("pur_cli");
    }

    @Test
    void aSessionExpires() throws Exception {
        assertThat(only("checkout.session.expired").phase()).isEqualTo(Phase.EXPIRED);
    }

    @Test
    void aPaymentSucceeds() throws Exception {
        PaymentSnapshot facts = only("payment_intent.succeeded");
        assertThat(facts.captured()).isEqualTo(Money.of("USD", 2_000));
        assertThat(facts.purchaseId()).isEmpty();
    }

    @Test
    void aPaymentFails() throws Exception {
        PaymentSnapshot facts = only("payment_intent.payment_failed");
        assertThat(facts.phase()).isEqualTo(Phase.FAILED);
        assertThat(facts.lastDecline().orElseThrow().code()).isEqualTo(DeclineCode.CARD_DECLINED);
    }

    @Test
    void aPaymentIsStopped() throws Exception {
        assertThat(only("payment_intent.canceled").phase()).isEqualTo(Phase.CANCELLED);
    }

    @Test
    void aBankAsks() throws Exception {
        PaymentSnapshot facts = only("charge.dispute.created");
        assertThat(facts.disputes()).extracting(PaymentSnapshot.Dispute::status).containsExactly(DisputeStatus.INQUIRY);
    }

    @Test
    void aChargeIsRefunded() throws Exception {
        PaymentSnapshot facts = only("charge.refunded");
        assertThat(facts.refunds()).extracting(PaymentSnapshot.Refund::amount).containsExactly(Money.of("USD", 100));
    }
}

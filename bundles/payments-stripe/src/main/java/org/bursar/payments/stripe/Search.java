package org.bursar.payments.stripe;

import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.checkout.SessionListParams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.PaymentRef;

/**
 * Finds a purchase's payments. Stripe's search lags behind what was written, so lists by time of creation are read to their
 * ends: "none" then is a proof. A customer's list would be shorter, but who lost the reference lost the customer as well.
 */
final class Search {
    /** Stripe's clock is not ours. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    private Search() {}

    static List<PaymentRef> of(StripeCall call, String purchaseId, Instant createdAfter) throws GatewayException {
        long from = Math.max(0, createdAfter.minus(SLACK).getEpochSecond());
        List<PaymentRef> found = new ArrayList<>();
        Set<String> ofSessions = new HashSet<>();
        for (Session session : sessions(call, from)) {
            if (Marks.fit(session.getMetadata(), call.context(), purchaseId)) {
                found.add(Refs.session(session.getId()));
                if (session.getPaymentIntent() != null) {
                    ofSessions.add(session.getPaymentIntent());
                }
            }
        }
        for (PaymentIntent intent : intents(call, from)) {
            if (Marks.fit(intent.getMetadata(), call.context(), purchaseId) && !ofSessions.contains(intent.getId())) {
                found.add(Refs.intent(intent.getId()));
            }
        }
        return List.copyOf(found);
    }

    private static List<Session> sessions(StripeCall call, long from) throws GatewayException {
        return call.all((client, after) -> client.checkout()
                .sessions()
                .list(SessionListParams.builder()
                        .setCreated(
                                SessionListParams.Created.builder().setGte(from).build())
                        .setLimit(StripeCall.PAGE)
                        .setStartingAfter(after)
                        .build()));
    }

    private static List<PaymentIntent> intents(StripeCall call, long from) throws GatewayException {
        return call.all((client, after) -> client.paymentIntents()
                .list(PaymentIntentListParams.builder()
                        .setCreated(PaymentIntentListParams.Created.builder()
                                .setGte(from)
                                .build())
                        .setLimit(StripeCall.PAGE)
                        .setStartingAfter(after)
                        .build()));
    }
}

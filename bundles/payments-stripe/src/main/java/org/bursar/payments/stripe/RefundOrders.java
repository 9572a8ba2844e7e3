package org.bursar.payments.stripe;

import com.stripe.model.Refund;
import com.stripe.param.RefundCreateParams;
import java.util.Optional;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentRef;

/**
 * Refunds. Stripe forgets a key after a day; the refund that carries it in its metadata is looked for first, so that a
 * repetition after that refunds nothing either.
 */
final class RefundOrders {
    private static final String REASON = "bursar_reason";
    private static final int LONGEST_REASON = 500;

    private RefundOrders() {}

    static OperationResult refund(StripeCall call, PaymentRef ref, Money amount, IdempotencyKey key, String reason)
            throws GatewayException {
        String intent = intent(call, ref);
        Optional<Refund> earlier = Facts.refundsOf(call, intent).stream()
                .filter(refund -> Marks.value(refund.getMetadata(), Marks.OPERATION)
                        .filter(key.value()::equals)
                        .isPresent())
                .findFirst();
        Refund refund = earlier.isPresent() ? earlier.get() : create(call, intent, amount, key, reason);
        return switch (Facts.status(refund)) {
            case SUCCEEDED -> accepted(call, ref);
            case FAILED ->
                OperationResult.declined(
                        ref,
                        Decline.of(DeclineCode.PROVIDER_REFUSED, String.valueOf(refund.getFailureReason()), false));
            default -> OperationResult.pending(ref);
        };
    }

    private static Refund create(StripeCall call, String intent, Money amount, IdempotencyKey key, String reason)
            throws GatewayException {
        RefundCreateParams.Builder params = RefundCreateParams.builder()
                .setPaymentIntent(intent)
                .setAmount(StripeMoney.asked(amount))
                .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                .putMetadata(Marks.OPERATION, key.value())
                .putMetadata(Marks.TENANT, call.context().tenantId());
        if (!reason.isBlank()) {
            params.putMetadata(REASON, reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
        }
        return call.ask(client -> client.refunds().create(params.build(), StripeCall.keyed(key.value())));
    }

    /** The money moved: that the payment cannot be read just now must not look like a failure. */
    private static OperationResult accepted(StripeCall call, PaymentRef ref) {
        try {
            return OperationResult.accepted(ref, Facts.of(call, ref));
        } catch (GatewayException e) {
            return OperationResult.pending(ref);
        }
    }

    private static String intent(StripeCall call, PaymentRef ref) throws GatewayException {
        if (ref.kind().equals(Refs.INTENT)) {
            return ref.id();
        }
        Optional<String> intent = ref.kind().equals(Refs.SESSION)
                ? Subscriptions.intentOf(call, Facts.session(call, ref.id()))
                : Subscriptions.intentOf(call, ref);
        return intent.orElseThrow(
                () -> new GatewayException(Kind.INVALID_REQUEST, "nothing was paid that could be refunded"));
    }
}

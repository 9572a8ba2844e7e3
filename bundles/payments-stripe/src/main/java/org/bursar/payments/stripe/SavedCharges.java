package org.bursar.payments.stripe;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentMethodDetachParams;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.SavedMethodRef;

/** Charges of cards that Stripe keeps, while the payer is away. */
final class SavedCharges {
    private static final Set<String> OF_THE_METHOD = Set.of("payment_method", "customer");

    private SavedCharges() {}

    static OperationResult charge(
            StripeCall call, SavedMethodRef method, Money amount, String purchaseId, IdempotencyKey key)
            throws GatewayException {
        Map<String, String> marks = Marks.of(call.context(), purchaseId, key.value(), Marks.CHARGE);
        PaymentIntentCreateParams params = PaymentIntentCreateParams.builder()
                .setAmount(StripeMoney.asked(amount))
                .setCurrency(amount.currency().toLowerCase(Locale.ROOT))
                .setCustomer(method.customerId())
                .setPaymentMethod(method.methodId())
                .setOffSession(true)
                .setConfirm(true)
                .setAutomaticPaymentMethods(PaymentIntentCreateParams.AutomaticPaymentMethods.builder()
                        .setEnabled(true)
                        .setAllowRedirects(PaymentIntentCreateParams.AutomaticPaymentMethods.AllowRedirects.NEVER)
                        .build())
                .putAllMetadata(marks)
                .addExpand("review")
                .build();
        try {
            PaymentIntent intent =
                    call.knowingly(client -> client.paymentIntents().create(params, StripeCall.keyed(key.value())));
            return result(call, intent);
        } catch (CardException e) {
            return declined(e);
        } catch (InvalidRequestException e) {
            if (OF_THE_METHOD.contains(String.valueOf(e.getParam()))) {
                return OperationResult.declined(
                        PaymentRef.of(Refs.METHOD, method.methodId()),
                        Decline.of(
                                DeclineCode.METHOD_GONE,
                                e.getCode() == null ? "invalid_request_error" : e.getCode(),
                                false));
            }
            throw Refusals.of(e);
        } catch (StripeException e) {
            throw Refusals.of(e);
        }
    }

    private static OperationResult result(StripeCall call, PaymentIntent intent) throws GatewayException {
        PaymentRef ref = Refs.intent(intent.getId());
        String status = intent.getStatus() == null ? "" : intent.getStatus();
        return switch (status) {
            case "succeeded" -> {
                Optional<String> purchase = Marks.purchase(intent.getMetadata());
                yield accepted(call, ref, intent, purchase);
            }
            case "requires_action", "requires_confirmation" ->
                OperationResult.declined(ref, Decline.of(DeclineCode.AUTHENTICATION_REQUIRED, status, true));
            case "requires_payment_method", "canceled" ->
                OperationResult.declined(
                        ref,
                        intent.getLastPaymentError() == null
                                ? Decline.of(DeclineCode.OTHER, status, false)
                                : Declines.of(intent.getLastPaymentError(), false));
            default -> OperationResult.pending(ref);
        };
    }

    /** The money moved: that its facts cannot be read just now must not look like a failure. */
    private static OperationResult accepted(
            StripeCall call, PaymentRef ref, PaymentIntent intent, Optional<String> purchase) {
        try {
            return OperationResult.accepted(ref, Facts.ofIntent(call, ref, intent, purchase, true));
        } catch (GatewayException e) {
            return OperationResult.pending(ref);
        }
    }

    private static OperationResult declined(CardException refusal) throws GatewayException {
        StripeError error = refusal.getStripeError();
        if (error == null
                || error.getPaymentIntent() == null
                || error.getPaymentIntent().getId() == null) {
            throw Refusals.of(refusal);
        }
        Decline decline = Declines.of(error, false);
        // who has to confirm can: with the payer there, the same card is good
        boolean again = decline.code() == DeclineCode.AUTHENTICATION_REQUIRED;
        return OperationResult.declined(
                Refs.intent(error.getPaymentIntent().getId()),
                Decline.of(decline.code(), decline.providerCode(), again));
    }

    static void forget(StripeCall call, SavedMethodRef method) throws GatewayException {
        try {
            call.ask(client -> client.paymentMethods()
                    .detach(
                            method.methodId(),
                            PaymentMethodDetachParams.builder().build()));
        } catch (GatewayException e) {
            if (e.kind() != Kind.NOT_FOUND && e.kind() != Kind.INVALID_REQUEST) {
                throw e;
            }
            if (e.kind() == Kind.INVALID_REQUEST && attached(call, method)) {
                throw e;
            }
        }
    }

    private static boolean attached(StripeCall call, SavedMethodRef method) throws GatewayException {
        return call.ask(client -> client.paymentMethods().retrieve(method.methodId()))
                        .getCustomer()
                != null;
    }
}

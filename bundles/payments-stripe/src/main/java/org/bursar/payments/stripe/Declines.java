package org.bursar.payments.stripe;

import com.stripe.model.StripeError;
import java.util.Map;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.jspecify.annotations.Nullable;

/** Stripe's codes of refused payments in the platform's words. */
final class Declines {
    private static final Map<String, DeclineCode> CODES = Map.ofEntries(
            Map.entry("authentication_required", DeclineCode.AUTHENTICATION_REQUIRED),
            Map.entry("payment_intent_authentication_failure", DeclineCode.AUTHENTICATION_REQUIRED),
            Map.entry("authentication_not_handled", DeclineCode.AUTHENTICATION_REQUIRED),
            Map.entry("insufficient_funds", DeclineCode.INSUFFICIENT_FUNDS),
            Map.entry("expired_card", DeclineCode.EXPIRED_METHOD),
            Map.entry("invalid_expiry_month", DeclineCode.EXPIRED_METHOD),
            Map.entry("invalid_expiry_year", DeclineCode.EXPIRED_METHOD),
            Map.entry("fraudulent", DeclineCode.FRAUD_BLOCKED),
            Map.entry("highest_risk_level", DeclineCode.FRAUD_BLOCKED),
            Map.entry("lost_card", DeclineCode.FRAUD_BLOCKED),
            Map.entry("stolen_card", DeclineCode.FRAUD_BLOCKED),
            Map.entry("pickup_card", DeclineCode.FRAUD_BLOCKED),
            Map.entry("restricted_card", DeclineCode.FRAUD_BLOCKED),
            Map.entry("security_violation", DeclineCode.FRAUD_BLOCKED),
            Map.entry("merchant_blacklist", DeclineCode.FRAUD_BLOCKED),
            Map.entry("card_velocity_exceeded", DeclineCode.LIMIT),
            Map.entry("withdrawal_count_limit_exceeded", DeclineCode.LIMIT),
            Map.entry("amount_too_large", DeclineCode.LIMIT),
            Map.entry("payment_method_unactivated", DeclineCode.METHOD_GONE),
            Map.entry("payment_method_provider_decline", DeclineCode.PROVIDER_REFUSED),
            Map.entry("payment_intent_payment_attempt_failed", DeclineCode.PROVIDER_REFUSED),
            Map.entry("processing_error", DeclineCode.PROVIDER_REFUSED),
            Map.entry("issuer_not_available", DeclineCode.PROVIDER_REFUSED),
            Map.entry("resource_missing", DeclineCode.METHOD_GONE),
            Map.entry("card_declined", DeclineCode.CARD_DECLINED));

    private static final int LONGEST = 200;

    private Declines() {}

    /**
     * A refusal. The finer code decides where it says more than "declined".
     *
     * @param retryable whether the payer may try again in the same checkout
     */
    static Decline of(StripeError error, boolean retryable) {
        DeclineCode fine = known(error.getDeclineCode());
        DeclineCode coarse = known(error.getCode());
        DeclineCode code = fine != DeclineCode.OTHER ? fine : coarse;
        return Decline.of(code, provider(error), retryable);
    }

    private static DeclineCode known(@Nullable String code) {
        DeclineCode known = code == null ? null : CODES.get(code);
        return known == null ? DeclineCode.OTHER : known;
    }

    private static String provider(StripeError error) {
        String code = error.getDeclineCode() != null ? error.getDeclineCode() : error.getCode();
        if (code == null) {
            code = error.getType() == null ? "unknown" : error.getType();
        }
        return code.length() > LONGEST ? code.substring(0, LONGEST) : code;
    }
}

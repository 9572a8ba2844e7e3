package org.bursar.payments.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeError;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal of Stripe's says about the outcome. Messages are made from Stripe's codes alone: its sentences may quote a
 * payer's data or a part of the key.
 */
final class Refusals {
    private static final int TOO_MANY = 429;
    private static final int NOT_FOUND = 404;
    private static final long LONGEST_WAIT_SECONDS = 3_600;

    private Refusals() {}

    static GatewayException of(StripeException refusal) {
        if (refusal instanceof ApiConnectionException) {
            return connection(refusal.getCause());
        }
        Kind kind = kind(refusal);
        return new GatewayException(
                kind, message(refusal), null, kind == Kind.RATE_LIMITED ? retryAfter(refusal) : null);
    }

    /** What the library threw that is no answer of Stripe's, such as for a body that is no JSON: nobody knows what happened. */
    static GatewayException unreadable(RuntimeException failure) {
        return new GatewayException(
                Kind.OUTCOME_UNKNOWN,
                "Stripe's answer cannot be read: " + failure.getClass().getSimpleName());
    }

    private static GatewayException connection(@Nullable Throwable cause) {
        boolean unsent = cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLHandshakeException;
        String what = cause == null ? "failed" : cause.getClass().getSimpleName();
        return unsent
                ? new GatewayException(Kind.NOT_EXECUTED, "Stripe was not reached: " + what)
                : new GatewayException(Kind.OUTCOME_UNKNOWN, "Stripe's answer did not come: " + what);
    }

    private static Kind kind(StripeException refusal) {
        if (refusal instanceof IdempotencyException) {
            // the key was used for another request: what became of that one is not told
            return Kind.OUTCOME_UNKNOWN;
        }
        // a kind of authentication error in this library, so it is asked for first
        if (refusal instanceof PermissionException) {
            return "account_invalid".equals(refusal.getCode()) ? Kind.BAD_CONFIGURATION : Kind.BAD_CREDENTIALS;
        }
        if (refusal instanceof AuthenticationException) {
            return Kind.BAD_CREDENTIALS;
        }
        if (refusal instanceof RateLimitException || status(refusal) == TOO_MANY) {
            return Kind.RATE_LIMITED;
        }
        if (refusal instanceof InvalidRequestException) {
            return gone(refusal) ? Kind.NOT_FOUND : Kind.INVALID_REQUEST;
        }
        if (refusal instanceof CardException) {
            return Kind.INVALID_REQUEST;
        }
        // errors within Stripe, a key that another request works with just now, and answers that are not Stripe's
        return Kind.OUTCOME_UNKNOWN;
    }

    static boolean gone(StripeException refusal) {
        return status(refusal) == NOT_FOUND || "resource_missing".equals(refusal.getCode());
    }

    private static int status(StripeException refusal) {
        Integer status = refusal.getStatusCode();
        return status == null ? 0 : status;
    }

    private static String message(StripeException refusal) {
        StringBuilder message = new StringBuilder("Stripe answered ").append(status(refusal));
        StripeError error = refusal.getStripeError();
        if (error != null) {
            word(error.getType()).ifPresent(word -> message.append(", ").append(word));
            word(error.getCode()).ifPresent(word -> message.append(", code ").append(word));
            word(error.getParam())
                    .ifPresent(word -> message.append(", parameter ").append(word));
        }
        word(refusal.getRequestId())
                .ifPresent(word -> message.append(", request ").append(word));
        return message.toString();
    }

    /** A code of Stripe's; whatever looks otherwise is not passed on. */
    private static Optional<String> word(@Nullable String text) {
        return Optional.ofNullable(text).filter(word -> word.matches("[A-Za-z0-9_.\\[\\]-]{1,100}"));
    }

    private static @Nullable Duration retryAfter(StripeException refusal) {
        StripeError error = refusal.getStripeError();
        if (error == null || error.getLastResponse() == null) {
            return null;
        }
        return error.getLastResponse()
                .headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, Long.parseLong(text))))
                .orElse(null);
    }
}

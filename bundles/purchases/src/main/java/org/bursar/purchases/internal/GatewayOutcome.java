package org.bursar.purchases.internal;

import java.time.Duration;
import java.util.Optional;
import org.bursar.payments.spi.GatewayException;

/** What became of a call. */
sealed interface GatewayOutcome<T> {
    /** It answered. */
    record Answered<T>(T value) implements GatewayOutcome<T> {}

    /** It says what is known; {@code OUTCOME_UNKNOWN} is never among these. */
    record Refused<T>(GatewayException.Kind kind, String detail, Optional<Duration> retryAfter)
            implements GatewayOutcome<T> {}

    /** Something may have happened. */
    record Unknown<T>(String detail) implements GatewayOutcome<T> {}

    /** No such gateway is registered: nothing happened. */
    record Absent<T>() implements GatewayOutcome<T> {}
}

package org.bursar.metering;

import java.math.BigDecimal;
import java.util.Optional;
import org.bursar.kernel.FieldCode;

/** What became of a reported event. */
public sealed interface EventResult {
    /** It is counted and charged. */
    record Accepted(BigDecimal charge) implements EventResult {}

    /**
     * An event with the same source and id was counted before; nothing happened.
     *
     * @param charge what that one was charged, where the caller may see it
     */
    record Duplicate(Optional<BigDecimal> charge) implements EventResult {}

    /**
     * It is not counted, and may be sent again when it is mended.
     *
     * @param code which kind of fault it is
     */
    record Rejected(FieldCode code, String detail) implements EventResult {}
}

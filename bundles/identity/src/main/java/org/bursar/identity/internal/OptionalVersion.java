package org.bursar.identity.internal;

import java.util.OptionalLong;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;

/** The version that a writer has seen; none: whatever there is. */
public record OptionalVersion(OptionalLong seen) {
    /** Whatever there is. */
    public static OptionalVersion any() {
        return new OptionalVersion(OptionalLong.empty());
    }

    /** Refuses when another version is there. */
    void require(long present) {
        if (seen.isPresent() && seen.getAsLong() != present) {
            throw new ProblemException(Problems.STALE, "It is at version " + present + " now.");
        }
    }
}

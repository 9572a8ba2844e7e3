package org.bursar.tenancy.internal;

import java.util.OptionalLong;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;

/** The version that a writer has seen, against the one that is there. */
final class Versions {
    private Versions() {}

    /** Refuses when the writer has seen another version; who names none takes whatever there is. */
    static void require(OptionalLong seen, long present) {
        if (seen.isPresent() && seen.getAsLong() != present) {
            throw new ProblemException(Problems.STALE, "It is at version " + present + " now.");
        }
    }

    /** Refuses when an update found another version than was read just before. */
    static void changed(int rows) {
        if (rows == 0) {
            throw new ProblemException(Problems.CONFLICT, "Somebody else changed it meanwhile.");
        }
    }
}

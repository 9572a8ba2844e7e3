package org.bursar.credits;

import org.bursar.kernel.ProblemCode;

/** What seals refuse with. */
public final class SealProblems {
    public static final ProblemCode NOT_SEALED_YET = new ProblemCode(
            "not_sealed_yet",
            409,
            "The entry is not sealed yet",
            "Entries are sealed within a minute of their posting; this one is newer than the last seal.",
            "Ask again after as many seconds as Retry-After says.");

    private SealProblems() {}
}

package org.bursar.chathistory;

import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;

/**
 * Which threads are listed.
 *
 * @param customer empty: of every customer that the scope sees
 * @param text part of the agent's name or the external id, in any case; needs a customer, so that a search is bounded
 */
public record ThreadFilter(Optional<CustomerId> customer, Optional<String> text) {
    private static final int LONGEST = 200;

    public ThreadFilter {
        text = text.map(String::strip).filter(some -> !some.isEmpty());
        if (text.isPresent() && text.get().length() > LONGEST) {
            throw new ProblemException(
                    Problems.invalid("/q", FieldProblems.TOO_LONG, "at most " + LONGEST + " characters"));
        }
        if (text.isPresent() && customer.isEmpty()) {
            throw new ProblemException(Problems.invalid(
                    "/customer", FieldProblems.REQUIRED, "a search names the customer whose threads it is for"));
        }
    }

    /** All of the scope's. */
    public static ThreadFilter all() {
        return new ThreadFilter(Optional.empty(), Optional.empty());
    }

    /** One customer's. */
    public static ThreadFilter of(CustomerId customer) {
        return new ThreadFilter(Optional.of(customer), Optional.empty());
    }
}

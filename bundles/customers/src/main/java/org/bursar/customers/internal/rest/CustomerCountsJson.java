package org.bursar.customers.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.bursar.customers.internal.StandingCounts.Counts;

/**
 * How many customers there are.
 *
 * @param total all but the deleted, counted up to 1,000
 * @param more whether there are more than the total
 * @param users how many users they have together, staff not counted
 * @param items by standing; one that could not be counted, since plans are away, is not among them
 */
@Schema(name = "CustomerCounts")
record CustomerCountsJson(int total, boolean more, UserCount users, List<Count> items) {
    /**
     * The users of customers.
     *
     * @param total counted up to 10,000
     * @param more whether there are more than the total
     */
    @Schema(name = "CustomerUserCount")
    record UserCount(int total, boolean more) {}

    /**
     * Those of one standing.
     *
     * @param status the standing, as the list of customers takes it
     * @param total counted up to 1,000
     * @param more whether there are, or may be, more than the total
     */
    @Schema(name = "CustomerCount")
    record Count(@Schema(example = "past_due") String status, int total, boolean more) {}

    static CustomerCountsJson of(Counts counts) {
        return new CustomerCountsJson(
                counts.all().counted(),
                counts.all().more(),
                new UserCount(counts.users().counted(), counts.users().more()),
                counts.standings().entrySet().stream()
                        .map(entry -> new Count(
                                entry.getKey(),
                                entry.getValue().counted(),
                                entry.getValue().more()))
                        .toList());
    }
}

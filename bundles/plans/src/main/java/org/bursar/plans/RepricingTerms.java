package org.bursar.plans;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which cycle is to be priced anew, and by what.
 *
 * @param within an instant of the cycle, as an event's time would be
 * @param plan a plan's key or the text of its id; null: the last plan that held in the cycle
 * @param version the number of one of its versions; null: the customer's own as far as it has one, else the newest
 */
public record RepricingTerms(
        Instant within, @Nullable String plan, @Nullable Integer version) {}

package org.bursar.plans;

import java.util.OptionalInt;

/**
 * How a plan begins and how long it waits for its price.
 *
 * @param trialDays how many days a subscription that begins with the plan is served before its first cycle, which is charged; zero:
 *     there is no trial, and the first cycle is free
 * @param graceDays how many days after a cycle began that is not paid it is served; empty: however long it takes
 */
public record PaymentTerms(int trialDays, OptionalInt graceDays) {
    /** No trial, and grace without end. */
    public static final PaymentTerms USUAL = new PaymentTerms(0, OptionalInt.empty());
}

package org.bursar.plans;

import java.math.BigDecimal;
import java.util.OptionalInt;

/**
 * How a plan begins and how long it waits for its price.
 *
 * @param trialDays how many days a subscription that begins with the plan is served before its first cycle, which is charged; zero:
 *     there is no trial, and the first cycle is free
 * @param graceDays how many days after a cycle began that is not paid it is served; empty: however long it takes
 * @param minimum what the usage of a cycle is charged at least, in the wallets' unit; zero: nothing
 * @param start where its cycles begin
 * @param allowance what each cycle adds to the wallet for as long as the cycle lasts; zero: nothing
 */
public record PaymentTerms(
        int trialDays, OptionalInt graceDays, BigDecimal minimum, CycleStart start, BigDecimal allowance) {
    /** No trial, grace without end, no minimum, cycles from the beginning, no allowance. */
    public static final PaymentTerms USUAL =
            new PaymentTerms(0, OptionalInt.empty(), BigDecimal.ZERO, CycleStart.ANNIVERSARY, BigDecimal.ZERO);
}

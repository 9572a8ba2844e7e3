package org.bursar.plans;

/** How long a cycle is, in the calendar of the subscription's time zone. */
public enum BillingCycle {
    MONTH,
    YEAR
}

package org.bursar.plans;

/** Where a plan's cycles begin. */
public enum CycleStart {
    /** When the subscription does, and then after each month or year. */
    ANNIVERSARY,
    /**
     * With the first of a month in the tenant's time zone. Before it comes what is left of the month in which the subscription begins; it
     * costs its part of a cycle.
     */
    CALENDAR
}

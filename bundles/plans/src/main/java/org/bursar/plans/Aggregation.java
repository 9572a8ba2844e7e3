package org.bursar.plans;

/** How a meter adds events up. */
public enum Aggregation {
    /** The sum of their quantities. */
    SUM,
    /** Their number; an event needs no quantity. */
    COUNT
}

package org.bursar.plans;

/** How a price follows from a quantity; what is included comes off first. */
public enum RateModel {
    /** Each unit at one price. */
    PER_UNIT,
    /** Each unit at the price of the tier that it falls in. */
    GRADUATED,
    /** All units at the price of the tier that their number reaches. */
    VOLUME,
    /** A price for each package that is begun. */
    PACKAGE
}

package org.bursar.credits.internal.sql;

import org.bursar.kernel.CustomerId;

/** A wallet whose sealed entries do not follow one another, or do not reach as far as it is marked. */
public record OddPart(CustomerId customer, long found, long expected) {}

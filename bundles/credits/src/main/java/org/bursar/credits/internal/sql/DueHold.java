package org.bursar.credits.internal.sql;

import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;

/** A hold whose time has run out. */
public record DueHold(HoldId id, CustomerId customer) {}

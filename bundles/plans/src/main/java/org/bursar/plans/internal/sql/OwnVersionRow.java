package org.bursar.plans.internal.sql;

import java.util.UUID;

/** A row of {@code plans.own_version}. */
public record OwnVersionRow(int baseNumber, boolean price, boolean minimum, UUID[] meters) {}

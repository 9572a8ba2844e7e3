package org.bursar.credits.internal.sql;

/** The secret of a tenant's commitments to reasons, sealed. */
public record ReasonKeyRow(byte[] reasonKey) {}

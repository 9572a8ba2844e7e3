package org.bursar.credits.internal.sql;

/** The hashes of a seal's leaves, one after the other. */
public record LeavesRow(byte[] leaves) {}

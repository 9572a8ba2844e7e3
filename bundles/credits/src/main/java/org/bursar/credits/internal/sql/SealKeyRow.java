package org.bursar.credits.internal.sql;

/**
 * A row of {@code credits.seal_key}.
 *
 * @param privateKey sealed
 */
public record SealKeyRow(int generation, String keyId, byte[] publicKey, byte[] privateKey) {}

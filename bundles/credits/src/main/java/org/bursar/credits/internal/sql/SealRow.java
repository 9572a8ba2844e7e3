package org.bursar.credits.internal.sql;

import java.time.Instant;

/** A row of {@code credits.seal} without the leaves. */
public record SealRow(
        long number,
        long firstEntry,
        int entries,
        byte[] root,
        byte[] previous,
        Instant sealedAt,
        String keyId,
        byte[] signature) {}

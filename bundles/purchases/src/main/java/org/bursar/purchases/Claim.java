package org.bursar.purchases;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a payer claimed.
 *
 * @param by the actor's id
 * @param name what people call them
 * @param fileName what the payer calls the slip: shown, never trusted
 * @param mediaType found out from the bytes
 * @param slips how many there are in all
 */
public record Claim(
        String by,
        String name,
        Instant at,
        @Nullable String note,
        String fileName,
        String mediaType,
        int bytes,
        int slips) {}

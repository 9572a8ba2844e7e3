package org.bursar.purchases.internal.sql;

import org.jspecify.annotations.Nullable;

/**
 * A slip.
 *
 * @param number counts the slips of the purchase from 1
 * @param content sealed
 */
public record SlipRow(
        int number,
        String fileName,
        String mediaType,
        int bytes,
        byte[] content,
        @Nullable String note) {
    @Override
    public String toString() {
        return mediaType + ", " + bytes + " bytes";
    }
}

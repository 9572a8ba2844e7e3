package org.bursar.ledger;

import java.time.Instant;

/**
 * What a tenant's ledger was at one moment: the entries that came since the seal before, as the root of their tree.
 *
 * @param number 1, 2, 3 … in each tenant
 * @param first the place of its first entry among all that were ever sealed in the tenant, counted from 1
 * @param leaves how many entries it seals, at least one
 * @param root of their tree, in hex
 * @param previous the hash of the seal before, in hex; {@link #NONE} in the first
 * @param sealedAt in whole microseconds
 * @param keyId which key signs it ({@link SealKeys#id})
 */
public record Seal(
        String tenant,
        long number,
        long first,
        int leaves,
        String root,
        String previous,
        Instant sealedAt,
        String keyId) {
    /** What stands for the seal before the first. */
    public static final String NONE = "0".repeat(64);

    public Seal {
        SealedEntry.requireId(tenant);
        SealedEntry.requireMicros(sealedAt);
        if (number < 1 || first < 1 || leaves < 1) {
            throw new IllegalArgumentException("number, first and leaves are 1 or more");
        }
        if (!Sha256.isHex(root, Sha256.BYTES)
                || !Sha256.isHex(previous, Sha256.BYTES)
                || !Sha256.isHex(keyId, SealKeys.ID_BYTES)) {
            throw new IllegalArgumentException("root and previous are 64 hex digits, the key's id is 32");
        }
    }

    /** What is signed, version 1. */
    public String text() {
        return "bursar ledger seal 1"
                + "\ntenant " + tenant
                + "\nnumber " + number
                + "\nfirst " + first
                + "\nleaves " + leaves
                + "\nroot " + root
                + "\nprevious " + previous
                + "\nsealed " + SealedEntry.micros(sealedAt)
                + "\nkey " + keyId
                + "\n";
    }

    /** SHA-256 of the text in hex: what the next seal names, and what is worth keeping elsewhere. */
    public String hash() {
        return Sha256.hex(Sha256.digest().digest(Sha256.utf8(text())));
    }

    /** The place of the last entry that it seals. */
    public long last() {
        return first + leaves - 1;
    }
}

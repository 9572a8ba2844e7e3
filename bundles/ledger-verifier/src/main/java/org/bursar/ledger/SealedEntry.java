package org.bursar.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A ledger entry with everything that its seal vouches for, which is every column of it. A reason is there as its commitment
 * ({@link Reasons}), so that the words can be erased and the seal stays.
 *
 * @param tenant the tenant's id, as it is shown
 * @param wallet the customer's id, as it is shown
 * @param seq 1, 2, 3 … in each wallet
 * @param amount signed, at most 6 places
 * @param balanceAfter the wallet's balance once it was posted
 * @param contra the code of the account that the other leg went to
 * @param kind the code of why the wallet changed
 * @param reference the id of what caused it
 * @param reasonHash the commitment to the reason, in lower-case hex; null without a reason
 * @param key the idempotency key
 * @param createdAt in whole microseconds
 */
public record SealedEntry(
        String tenant,
        String wallet,
        long seq,
        BigDecimal amount,
        BigDecimal balanceAfter,
        int contra,
        int kind,
        @Nullable String reference,
        @Nullable String reasonHash,
        UUID key,
        Instant createdAt) {
    /** Places of an amount; it is hashed as a whole number of millionths. */
    public static final int PLACES = 6;

    /** Digits before the point. */
    private static final int DIGITS = 14;

    /** Farther than any time that PostgreSQL keeps; its microseconds still are a long. */
    private static final long FARTHEST_SECOND = 9_000_000_000_000L;

    private static final Pattern ID = Pattern.compile("[a-z]{1,16}_[0-9a-z]{26}");

    public SealedEntry {
        requireId(tenant);
        requireId(wallet);
        amount = exact(amount);
        balanceAfter = exact(balanceAfter);
        if (seq < 1 || contra < 0 || kind < 0) {
            throw new IllegalArgumentException("seq is 1 or more, and codes are not below zero");
        }
        if (reasonHash != null && !Sha256.isHex(reasonHash, Sha256.BYTES)) {
            throw new IllegalArgumentException("the commitment to a reason is 64 hex digits");
        }
        requireMicros(createdAt);
    }

    private static BigDecimal exact(BigDecimal amount) {
        // asked before anything is made of it: 1E999999999 would become as many digits
        if ((long) amount.precision() - amount.scale() > DIGITS
                || amount.stripTrailingZeros().scale() > PLACES) {
            throw new IllegalArgumentException("more than " + DIGITS + " digits or " + PLACES + " places: " + amount);
        }
        return amount.setScale(PLACES, RoundingMode.UNNECESSARY);
    }

    static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not an id: " + id);
        }
    }

    static void requireMicros(Instant time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.MICROS)) || Math.abs(time.getEpochSecond()) > FARTHEST_SECOND) {
            throw new IllegalArgumentException("finer than a microsecond, or too far away: " + time);
        }
    }

    static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000L + time.getNano() / 1_000;
    }

    /**
     * What is hashed, version 1: a line for each column, in this order and none missing. Only the reference is free text;
     * the length of it in bytes comes first and a missing one is {@code -}, so no two entries have the same text.
     */
    public String text() {
        return "bursar ledger entry 1"
                + "\ntenant " + tenant
                + "\nwallet " + wallet
                + "\nseq " + seq
                + "\namount " + amount.unscaledValue()
                + "\nbalance " + balanceAfter.unscaledValue()
                + "\ncontra " + contra
                + "\nkind " + kind
                + "\nreference " + (reference == null ? "-" : Sha256.utf8(reference).length + " " + reference)
                + "\nreason " + (reasonHash == null ? "-" : reasonHash)
                + "\nkey " + key
                + "\ncreated " + micros(createdAt)
                + "\n";
    }

    /** The leaf that it is in its seal's tree. */
    public byte[] leafHash() {
        return LeafHashes.leaf(Sha256.utf8(text()));
    }
}

package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A wallet with lots as one would keep it on paper: every debit is taken from them at once, and what expires does so at
 * its time. It puts nothing off, so it is what any cleverer way must come to.
 */
final class PlainLots {
    /** A lot on paper, under a name of the test's. */
    private static final class Paper {
        private final int name;
        private final int priority;
        private final @Nullable Instant expiresAt;
        private final String reference;
        private BigDecimal left;

        Paper(int name, int priority, @Nullable Instant expiresAt, String reference, BigDecimal left) {
            this.name = name;
            this.priority = priority;
            this.expiresAt = expiresAt;
            this.reference = reference;
            this.left = left;
        }

        boolean past(Instant now) {
            return expiresAt != null && !now.isBefore(expiresAt);
        }

        long expirySecond() {
            return expiresAt == null ? Long.MAX_VALUE : expiresAt.getEpochSecond();
        }
    }

    private final List<Paper> lots = new ArrayList<>();
    private Instant now;
    private BigDecimal balance = BigDecimal.ZERO;
    private BigDecimal held = BigDecimal.ZERO;
    private BigDecimal expired = BigDecimal.ZERO;

    PlainLots(Instant now) {
        this.now = now;
    }

    void grant(int name, BigDecimal amount, int priority, @Nullable Instant expiresAt, String reference) {
        BigDecimal owed = balance.negate().max(BigDecimal.ZERO);
        BigDecimal left = amount.subtract(owed).max(BigDecimal.ZERO);
        lots.add(new Paper(name, priority, expiresAt, reference, left));
        balance = balance.add(amount);
        expire();
    }

    /** A refund that is given back: on the terms of the first lot with its reference. */
    void giveBack(int name, BigDecimal amount, String reference) {
        for (Paper lot : lots) {
            if (lot.reference.equals(reference)) {
                grant(name, amount, lot.priority, lot.expiresAt, reference);
                return;
            }
        }
        grant(name, amount, 100, null, reference);
    }

    void debit(BigDecimal amount, boolean settles, @Nullable String reference) {
        balance = balance.subtract(amount);
        // the smallest coins, one after the other, each from where it comes first
        List<Paper> order = new ArrayList<>(lots);
        order.sort(Comparator.<Paper>comparingInt(lot -> lot.reference.equals(reference) ? 0 : 1)
                .thenComparingInt(lot -> lot.past(now) == settles ? 0 : 1)
                .thenComparingInt(lot -> lot.priority)
                .thenComparingLong(Paper::expirySecond)
                .thenComparingInt(lot -> lot.name));
        BigDecimal rest = amount;
        for (Paper lot : order) {
            BigDecimal taken = lot.left.compareTo(rest) < 0 ? lot.left : rest;
            lot.left = lot.left.subtract(taken);
            rest = rest.subtract(taken);
        }
        expire();
    }

    void hold(BigDecimal change) {
        held = held.add(change);
        expire();
    }

    /** Time passes, and every lot expires when its time comes. */
    void until(Instant then) {
        lots.stream()
                .filter(lot -> lot.expiresAt != null && lot.expiresAt.isAfter(now) && !lot.expiresAt.isAfter(then))
                .map(Paper::expirySecond)
                .sorted()
                .distinct()
                .forEach(second -> {
                    now = Instant.ofEpochSecond(second);
                    expire();
                });
        now = then;
        expire();
    }

    private void expire() {
        List<Paper> past =
                new ArrayList<>(lots.stream().filter(lot -> lot.past(now)).toList());
        past.sort(Comparator.comparingLong(Paper::expirySecond)
                .thenComparingInt(lot -> lot.priority)
                .thenComparingInt(lot -> lot.name));
        for (Paper lot : past) {
            BigDecimal beyondHolds = balance.subtract(held).max(BigDecimal.ZERO);
            BigDecimal goes = lot.left.compareTo(beyondHolds) < 0 ? lot.left : beyondHolds;
            lot.left = lot.left.subtract(goes);
            balance = balance.subtract(goes);
            expired = expired.add(goes);
        }
    }

    BigDecimal balance() {
        return balance;
    }

    BigDecimal held() {
        return held;
    }

    BigDecimal expired() {
        return expired;
    }

    /** What is left, by the lots' names; empty ones are not in it. */
    Map<Integer, BigDecimal> left() {
        Map<Integer, BigDecimal> left = new TreeMap<>();
        for (Paper lot : lots) {
            if (lot.left.signum() > 0) {
                left.put(lot.name, lot.left.stripTrailingZeros());
            }
        }
        return left;
    }
}

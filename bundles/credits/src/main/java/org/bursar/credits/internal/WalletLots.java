package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Grant;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Lot;
import org.bursar.credits.Posting;
import org.bursar.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * The lots of one wallet, which nobody else can change meanwhile. Arithmetic alone: it reads and writes nothing.
 *
 * <p>A plain debit touches no lot's row, so what the rows say is left may be more than the balance; the difference was
 * taken since. As long as no lot came, expired or was refunded, taking that sum at once in the spending order gives what
 * taking each debit by itself would have given. So that is done first, here, and always before anything of that kind.
 */
final class WalletLots {
    /** By priority, then the earliest expiry, none last, then age. */
    static final Comparator<Lot> SPENDING_ORDER = Comparator.comparingInt(Lot::priority)
            .thenComparing(Lot::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparingLong(Lot::seq);

    private static final Comparator<Lot> LONGEST_OVERDUE = Comparator.comparing(
                    Lot::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(SPENDING_ORDER);

    private final CustomerId customer;
    private final Map<Long, Lot> stored = new HashMap<>();
    private final Map<String, Grant> origins = new HashMap<>();
    private final List<Lot> lots;

    /**
     * Starts with what is stored.
     *
     * @param rows the lots of which something may be left
     * @param balance of the wallet at present
     */
    WalletLots(CustomerId customer, List<Lot> rows, BigDecimal balance) {
        this.customer = customer;
        lots = new ArrayList<>(rows);
        lots.sort(SPENDING_ORDER);
        rows.forEach(lot -> stored.put(lot.seq(), lot));
        BigDecimal left = lots.stream().map(Lot::remaining).reduce(BigDecimal.ZERO, BigDecimal::add);
        take(left.subtract(balance.max(BigDecimal.ZERO)), lot -> true);
    }

    /** A lot whose reference may come back with a refund; it may be empty. */
    WalletLots origin(Lot lot) {
        if (lot.reference() != null) {
            origins.putIfAbsent(lot.reference(), terms(lot));
        }
        return this;
    }

    private static Grant terms(Lot lot) {
        return new Grant(lot.priority(), Optional.ofNullable(lot.expiresAt()));
    }

    /**
     * Takes what has expired from the lots, and answers the postings that take it from the wallet. Holds keep what they
     * reserve: only what the balance has beyond it expires, and the rest does when they give it back.
     */
    List<Posting> expire(BigDecimal balance, BigDecimal held, Instant now) {
        List<Posting> postings = new ArrayList<>();
        BigDecimal free = balance.subtract(held);
        List<Lot> overdue = lots.stream()
                .filter(lot -> lot.overdue(now) && lot.remaining().signum() > 0)
                .sorted(LONGEST_OVERDUE)
                .toList();
        for (Lot lot : overdue) {
            BigDecimal amount = lot.remaining().min(free);
            if (amount.signum() > 0) {
                postings.add(expiry(lot, amount));
                replace(lot, lot.remaining().subtract(amount), lot.expired().add(amount));
                free = free.subtract(amount);
            }
        }
        return postings;
    }

    /** The key says how much had expired before, so each part of a lot expires once. */
    private Posting expiry(Lot lot, BigDecimal amount) {
        String part = "expiry " + customer + ' ' + lot.seq() + ' '
                + lot.expired().stripTrailingZeros().toPlainString();
        return new Posting(
                customer,
                amount.negate(),
                EntryKind.EXPIRY,
                Optional.of(reference(lot.seq())),
                Optional.empty(),
                UUID.nameUUIDFromBytes(part.getBytes(StandardCharsets.US_ASCII)),
                false);
    }

    /** How an expiry names its lot. */
    static String reference(long seq) {
        return "lot-" + seq;
    }

    /** Follows an entry, other than those that {@link #expire} made. */
    void follow(LedgerEntry entry, Optional<Grant> grant) {
        if (entry.amount().signum() > 0) {
            add(entry, grant.orElseGet(() -> termsOf(entry)));
            return;
        }
        BigDecimal rest = entry.amount().negate();
        String reference = entry.reference();
        if (takesFromItsLot(entry.kind()) && reference != null) {
            rest = take(rest, lot -> reference.equals(lot.reference()));
        }
        // what is still there after its time is what holds keep; so it is for them, and for others when nothing else is
        boolean settles = entry.kind() == EntryKind.SETTLEMENT;
        rest = take(rest, lot -> lot.overdue(entry.createdAt()) == settles);
        take(rest, lot -> true);
    }

    /** Whether entries of a kind belong to the lots with their reference. */
    static boolean takesFromItsLot(EntryKind kind) {
        return kind == EntryKind.REFUND || kind == EntryKind.DISPUTE;
    }

    private Grant termsOf(LedgerEntry entry) {
        String reference = entry.reference();
        return reference == null || !takesFromItsLot(entry.kind())
                ? Grant.USUAL
                : origins.getOrDefault(reference, Grant.USUAL);
    }

    private void add(LedgerEntry entry, Grant terms) {
        // what was owed is paid first
        BigDecimal left = entry.amount().min(entry.balanceAfter()).max(BigDecimal.ZERO);
        Lot lot = new Lot(
                entry.seq(),
                entry.kind(),
                entry.reference(),
                entry.amount(),
                left,
                BigDecimal.ZERO,
                terms.priority(),
                terms.expiresAt().orElse(null),
                entry.createdAt());
        lots.add(lot);
        lots.sort(SPENDING_ORDER);
        origin(lot);
    }

    /** Takes from those lots in the spending order, as far as it goes, and answers what is still to be taken. */
    private BigDecimal take(BigDecimal amount, Predicate<Lot> from) {
        BigDecimal rest = amount;
        for (int i = 0; i < lots.size() && rest.signum() > 0; i++) {
            Lot lot = lots.get(i);
            BigDecimal taken = lot.remaining().min(rest);
            if (taken.signum() > 0 && from.test(lot)) {
                lots.set(i, with(lot, lot.remaining().subtract(taken), lot.expired()));
                rest = rest.subtract(taken);
            }
        }
        return rest;
    }

    private void replace(Lot lot, BigDecimal remaining, BigDecimal expired) {
        lots.set(lots.indexOf(lot), with(lot, remaining, expired));
    }

    /** The same lot with other amounts. */
    static Lot with(Lot lot, BigDecimal remaining, BigDecimal expired) {
        return new Lot(
                lot.seq(),
                lot.kind(),
                lot.reference(),
                lot.granted(),
                remaining,
                expired,
                lot.priority(),
                lot.expiresAt(),
                lot.createdAt());
    }

    CustomerId customer() {
        return customer;
    }

    /** All of them, in the spending order. */
    List<Lot> all() {
        return List.copyOf(lots);
    }

    /** Those with something left, in the spending order. */
    List<Lot> live() {
        return lots.stream().filter(lot -> lot.remaining().signum() > 0).toList();
    }

    /** Those that came since the start. */
    List<Lot> added() {
        return lots.stream().filter(lot -> !stored.containsKey(lot.seq())).toList();
    }

    /** Those that are not as they were stored. */
    List<Lot> changed() {
        return lots.stream()
                .filter(lot -> {
                    Lot before = stored.get(lot.seq());
                    return before != null && !before.equals(lot);
                })
                .toList();
    }

    /** When the next of them expires. */
    @Nullable
    Instant nextExpiry() {
        return live().stream()
                .map(Lot::expiresAt)
                .filter(at -> at != null)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}

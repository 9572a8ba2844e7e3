package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.bursar.credits.Lot;
import org.bursar.credits.Posting;
import org.bursar.credits.internal.sql.Codes;
import org.bursar.credits.internal.sql.LotMapper;
import org.bursar.credits.internal.sql.LotRow;
import org.bursar.credits.internal.sql.StockRow;
import org.bursar.credits.internal.sql.WalletRow;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** The lots in PostgreSQL. */
final class LotRows {
    private final LotMapper mapper;

    LotRows(LotMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The lots of those of the locked wallets where their order matters: some of them may have expired, or a posting
     * adds, or takes back what a lot has given. Plain debits need none, so that they cost what they do without lots.
     */
    Map<CustomerId, WalletLots> open(TenantId tenant, List<WalletRow> locked, List<Posting> postings, Instant now) {
        Set<CustomerId> ordered = new HashSet<>();
        for (Posting posting : postings) {
            if (posting.amount().signum() > 0 || WalletLots.takesFromItsLot(posting.kind())) {
                ordered.add(posting.customer());
            }
        }
        List<WalletRow> needed = locked.stream()
                .filter(row -> row.overdue(now) || ordered.contains(row.customer()))
                .toList();
        if (needed.isEmpty()) {
            return Map.of();
        }
        Map<CustomerId, List<Lot>> live = new HashMap<>();
        for (LotRow row : mapper.live(
                tenant, column(needed, new UUID[0], row -> row.customer().uuid()))) {
            live.computeIfAbsent(row.customer(), customer -> new ArrayList<>()).add(row.lot());
        }
        Map<CustomerId, WalletLots> lots = new LinkedHashMap<>();
        for (WalletRow row : needed) {
            List<Lot> of = live.getOrDefault(row.customer(), List.of());
            lots.put(row.customer(), new WalletLots(row.customer(), of, row.balance()));
        }
        addOrigins(tenant, postings, lots);
        return lots;
    }

    /** What is given back has the terms of the lot that it was taken from, even when nothing is left of that. */
    private void addOrigins(TenantId tenant, List<Posting> postings, Map<CustomerId, WalletLots> lots) {
        List<Posting> givenBack = postings.stream()
                .filter(posting -> posting.amount().signum() > 0
                        && posting.grant().isEmpty()
                        && posting.reference().isPresent()
                        && WalletLots.takesFromItsLot(posting.kind()))
                .toList();
        if (givenBack.isEmpty()) {
            return;
        }
        List<LotRow> origins = mapper.origins(
                tenant,
                column(givenBack, new UUID[0], posting -> posting.customer().uuid()),
                column(givenBack, new String[0], posting -> posting.reference().orElseThrow()));
        for (LotRow row : origins) {
            WalletLots of = lots.get(row.customer());
            if (of != null) {
                of.origin(row.lot());
            }
        }
    }

    /** Writes what became of the lots, and when the next of them expires. */
    void write(TenantId tenant, List<WalletRow> locked, Map<CustomerId, WalletLots> lots, Instant now) {
        if (lots.isEmpty()) {
            return;
        }
        insert(tenant, owned(lots.values(), WalletLots::added), now);
        List<Owned> changed = owned(lots.values(), WalletLots::changed);
        if (!changed.isEmpty()) {
            expect(
                    changed.size(),
                    mapper.change(
                            tenant,
                            column(changed, new UUID[0], Owned::wallet),
                            column(changed, new Long[0], Owned::seq),
                            column(
                                    changed,
                                    new BigDecimal[0],
                                    owned -> owned.lot().remaining()),
                            column(
                                    changed,
                                    new BigDecimal[0],
                                    owned -> owned.lot().expired())));
        }
        List<WalletRow> moved = locked.stream()
                .filter(row -> {
                    WalletLots of = lots.get(row.customer());
                    return of != null && !Objects.equals(of.nextExpiry(), row.nextExpiry());
                })
                .toList();
        if (!moved.isEmpty()) {
            List<UUID> wallets = new ArrayList<>();
            @Nullable String[] expiries = new @Nullable String[moved.size()];
            for (WalletRow row : moved) {
                WalletLots of = Objects.requireNonNull(lots.get(row.customer()));
                expiries[wallets.size()] = text(of.nextExpiry());
                wallets.add(row.customer().uuid());
            }
            expect(moved.size(), mapper.expireNext(tenant, wallets.toArray(UUID[]::new), expiries));
        }
    }

    private void insert(TenantId tenant, List<Owned> added, Instant now) {
        if (added.isEmpty()) {
            return;
        }
        @Nullable String[] references = new @Nullable String[added.size()];
        @Nullable String[] expiries = new @Nullable String[added.size()];
        for (int i = 0; i < added.size(); i++) {
            references[i] = added.get(i).lot().reference();
            expiries[i] = text(added.get(i).lot().expiresAt());
        }
        expect(
                added.size(),
                mapper.insert(
                        tenant,
                        column(added, new UUID[0], Owned::wallet),
                        column(added, new Long[0], Owned::seq),
                        column(
                                added,
                                new Integer[0],
                                owned -> Codes.of(owned.lot().kind())),
                        references,
                        column(added, new BigDecimal[0], owned -> owned.lot().granted()),
                        column(added, new BigDecimal[0], owned -> owned.lot().remaining()),
                        column(added, new Integer[0], owned -> owned.lot().priority()),
                        expiries,
                        now));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static void expect(int rows, int written) {
        if (rows != written) {
            throw new IllegalStateException(
                    "wrote " + written + " of " + rows + " lots, although their wallets are locked");
        }
    }

    /** A lot and its wallet. */
    private record Owned(UUID wallet, Lot lot) {
        long seq() {
            return lot.seq();
        }
    }

    private static List<Owned> owned(Collection<WalletLots> all, Function<WalletLots, List<Lot>> which) {
        return all.stream()
                .flatMap(of -> which.apply(of).stream()
                        .map(lot -> new Owned(of.customer().uuid(), lot)))
                .toList();
    }

    private static <R, T> T[] column(List<R> rows, T[] kind, Function<R, T> column) {
        return rows.stream().map(column).toList().toArray(kind);
    }

    /**
     * A wallet and its lots as they are, although nothing of it may have been written yet: without what is past its
     * time, and with every debit taken.
     *
     * @param lots those that had something left when they were last written, in the spending order
     */
    record Stock(WalletRow wallet, List<Lot> lots) {}

    /** Wallets and their lots, from one snapshot and without a lock. */
    Map<CustomerId, Stock> stock(TenantId tenant, UUID[] wallets, Instant now) {
        Map<CustomerId, WalletRow> rows = new LinkedHashMap<>();
        Map<CustomerId, List<Lot>> lots = new HashMap<>();
        for (StockRow row : mapper.stock(tenant, wallets)) {
            rows.putIfAbsent(row.customer(), row.wallet());
            row.lot()
                    .ifPresent(lot -> lots.computeIfAbsent(row.customer(), customer -> new ArrayList<>())
                            .add(lot.lot()));
        }
        Map<CustomerId, Stock> stock = new LinkedHashMap<>();
        rows.forEach((customer, row) -> {
            WalletLots of = new WalletLots(customer, lots.getOrDefault(customer, List.of()), row.balance());
            BigDecimal expired = of.expire(row.balance(), row.held(), now).stream()
                    .map(posting -> posting.amount().negate())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            stock.put(customer, new Stock(row.less(expired), of.all()));
        });
        return stock;
    }

    /** The same wallets, without what is past its time. */
    List<WalletRow> current(TenantId tenant, List<WalletRow> rows, Instant now) {
        UUID[] overdue = rows.stream()
                .filter(row -> row.overdue(now))
                .map(row -> row.customer().uuid())
                .toArray(UUID[]::new);
        if (overdue.length == 0) {
            return rows;
        }
        Map<CustomerId, Stock> stock = stock(tenant, overdue, now);
        return rows.stream()
                .map(row -> Optional.ofNullable(stock.get(row.customer()))
                        .map(Stock::wallet)
                        .orElse(row))
                .toList();
    }

    /** A page of a wallet's lots, newest first, with what is left of each. */
    List<Lot> page(TenantId tenant, CustomerId customer, long before, int limit, Instant now) {
        return present(tenant, customer, mapper.page(tenant, customer, before, limit), now);
    }

    /** The lots of a wallet with a reference, oldest first, with what is left of each. */
    List<Lot> withReference(TenantId tenant, CustomerId customer, String reference, int limit, Instant now) {
        return present(tenant, customer, mapper.withReference(tenant, customer, reference, limit), now);
    }

    private List<Lot> present(TenantId tenant, CustomerId customer, List<LotRow> rows, Instant now) {
        // what is left is asked after the page: meanwhile lots only become less, and what is not among them is spent
        Map<Long, Lot> present = new HashMap<>();
        for (Stock stock : stock(tenant, new UUID[] {customer.uuid()}, now).values()) {
            stock.lots().forEach(lot -> present.put(lot.seq(), lot));
        }
        return rows.stream()
                .map(LotRow::lot)
                .map(lot -> present.getOrDefault(lot.seq(), WalletLots.with(lot, BigDecimal.ZERO, lot.expired())))
                .toList();
    }
}

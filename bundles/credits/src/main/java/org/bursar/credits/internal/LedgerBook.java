package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bursar.credits.Balance;
import org.bursar.credits.Ledger;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.credits.Wholesale;
import org.bursar.credits.internal.LedgerRules.Line;
import org.bursar.credits.internal.LedgerRules.Move;
import org.bursar.credits.internal.sql.Codes;
import org.bursar.credits.internal.sql.EntryRow;
import org.bursar.credits.internal.sql.HoldMapper;
import org.bursar.credits.internal.sql.LotMapper;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.credits.internal.sql.WalletRow;
import org.bursar.customers.AccessMemory;
import org.bursar.database.Database;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The ledger in PostgreSQL. A call locks its wallets, reads which keys they know, decides in memory and writes one
 * update and one insert, however many postings there are. Lots are read and written only where their order matters.
 */
@Component(service = {Ledger.class, LedgerBook.class})
public final class LedgerBook implements Ledger {
    private static final int MOST = 1_000;

    private final Database database;
    private final TenantClocks clocks;
    private final AccessMemory access;
    private final WalletMapper wallets;
    private final HoldMapper holds;
    private final LotRows lots;

    @Activate
    public LedgerBook(@Reference Database database, @Reference TenantClocks clocks, @Reference AccessMemory access) {
        this.database = database;
        this.clocks = clocks;
        this.access = access;
        wallets = database.mapper("credits", WalletMapper.class);
        holds = database.mapper("credits", HoldMapper.class);
        lots = new LotRows(database.mapper("credits", LotMapper.class));
    }

    @Override
    public List<PostResult> post(Scope scope, List<Posting> postings) {
        return post(scope, postings, true);
    }

    @Override
    public List<PostResult> postNew(Scope scope, List<Posting> postings) {
        return post(scope, postings, false);
    }

    private List<PostResult> post(Scope scope, List<Posting> postings, boolean maybeKnown) {
        if (postings.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " postings at once, not " + postings.size());
        }
        if (postings.isEmpty()) {
            return List.of();
        }
        return database.transact(scope, () -> locked(scope.tenant(), distinctWallets(postings), postings, maybeKnown));
    }

    /** A posting with a contra account that may not be its kind's usual one. */
    record Charge(Posting posting, Contra contra) {
        static Charge usual(Posting posting) {
            return new Charge(posting, Contra.of(posting.kind()));
        }
    }

    /**
     * Charges wallets that the caller's transaction has locked, under keys that are new. Not guarded, so that nothing of it is
     * refused.
     */
    void charge(TenantId tenant, List<WalletRow> locked, List<Charge> charges, Instant now) {
        if (!charges.isEmpty()) {
            write(tenant, decide(tenant, charges, locked, List.of(), now), locked, now)
                    .forEach(LedgerBook::posted);
        }
    }

    /** Posts what has expired in these wallets. Joins the caller's transaction, which then has them locked. */
    void expire(TenantId tenant, UUID[] touched) {
        locked(tenant, touched, List.of(), false);
    }

    private List<PostResult> locked(TenantId tenant, UUID[] touched, List<Posting> postings, boolean maybeKnown) {
        // PostgreSQL keeps microseconds; the entry that is answered is to be equal to the one that is read later
        Instant now = clocks.of(tenant).instant().truncatedTo(ChronoUnit.MICROS);
        List<WalletRow> locked = wallets.lock(tenant, touched);
        // asked after the lock was had, so that it sees what was committed while we waited for it
        List<EntryRow> known = maybeKnown ? wallets.withKeys(tenant, walletsOf(postings), keysOf(postings)) : List.of();
        List<Charge> charges = postings.stream().map(Charge::usual).toList();
        Decided decided = decide(tenant, charges, locked, known, now);
        UUID[] tooFew = decided.tooLittle(postings);
        // what has expired and was not swept yet does not stand in a debit's way; the wallets are locked, the holds
        // come after them as everywhere, and nothing is written of what was decided before
        if (tooFew.length > 0 && holds.expireAll(tenant, tooFew, now) > 0) {
            locked = wallets.lock(tenant, touched);
            decided = decide(tenant, charges, locked, known, now);
            for (UUID wallet : tooFew) {
                access.improved(tenant, new CustomerId(wallet));
            }
        }
        return write(tenant, decided, locked, now);
    }

    private List<PostResult> write(TenantId tenant, Decided decided, List<WalletRow> locked, Instant now) {
        List<Move> moves = decided.rules().moves();
        write(tenant, moves, decided.rules().lines(), now);
        lots.write(tenant, locked, decided.lots(), now);
        moves.forEach(move -> tellAccess(tenant, move));
        return decided.results();
    }

    /** What was decided and what it does to the wallets and their lots; one result for each posting. */
    private record Decided(LedgerRules rules, Map<CustomerId, WalletLots> lots, List<PostResult> results) {
        UUID[] tooLittle(List<Posting> postings) {
            return IntStream.range(0, postings.size())
                    .filter(i -> results.get(i) instanceof PostResult.Insufficient)
                    .mapToObj(i -> postings.get(i).customer().uuid())
                    .distinct()
                    .toArray(UUID[]::new);
        }
    }

    private Decided decide(
            TenantId tenant, List<Charge> charges, List<WalletRow> locked, List<EntryRow> known, Instant now) {
        LedgerRules rules = new LedgerRules(now);
        locked.forEach(row -> rules.wallet(row.customer(), row.holding(), row.lastSeq()));
        known.forEach(row -> rules.known(row.idempotencyKey(), row.entry()));
        Map<CustomerId, WalletLots> opened =
                lots.open(tenant, locked, charges.stream().map(Charge::posting).toList(), now);
        for (WalletRow row : locked) {
            WalletLots of = opened.get(row.customer());
            if (of != null) {
                of.expire(row.balance(), row.held(), now)
                        .forEach(expiry -> rules.decide(expiry, Contra.of(expiry.kind())));
            }
        }
        List<PostResult> results = new ArrayList<>(charges.size());
        for (Charge charge : charges) {
            Posting posting = charge.posting();
            PostResult result = rules.decide(posting, charge.contra());
            WalletLots of = opened.get(posting.customer());
            if (of != null && result instanceof PostResult.Posted posted && !posted.before()) {
                of.follow(posted.entry(), posting.grant());
            }
            results.add(result);
        }
        return new Decided(rules, opened, results);
    }

    /** Only what takes a wallet across the line between served and not served is worth forgetting an answer for. */
    private void tellAccess(TenantId tenant, Move move) {
        if (move.customer().equals(Wholesale.walletOf(tenant))) {
            return;
        }
        boolean before = move.before().covers(BigDecimal.ZERO);
        boolean after = move.before().covers(move.amount().negate());
        if (before && !after) {
            access.changed(tenant, move.customer());
        } else if (!before && after) {
            access.improved(tenant, move.customer());
        }
    }

    private void write(TenantId tenant, List<Move> moves, List<Line> lines, Instant now) {
        if (moves.isEmpty()) {
            return;
        }
        int written = wallets.post(
                tenant,
                column(moves, new UUID[0], move -> move.customer().uuid()),
                column(moves, new BigDecimal[0], Move::amount),
                column(moves, new Long[0], Move::entries),
                column(moves, new Long[0], Move::lastSeq),
                column(lines, new UUID[0], line -> line.entry().customer().uuid()),
                column(lines, new Long[0], line -> line.entry().seq()),
                column(lines, new BigDecimal[0], line -> line.entry().amount()),
                column(lines, new BigDecimal[0], line -> line.entry().balanceAfter()),
                column(lines, new Integer[0], line -> line.contra().code()),
                column(lines, new Integer[0], line -> Codes.of(line.entry().kind())),
                texts(lines, line -> line.entry().reference()),
                texts(lines, line -> line.entry().reason()),
                column(lines, new UUID[0], Line::key),
                now);
        if (written != lines.size()) {
            throw new IllegalStateException("wrote " + written + " of " + lines.size()
                    + " entries, although the wallets are locked where they were read");
        }
    }

    private interface Column<R, T> {
        T of(R row);
    }

    private static <R, T> T[] column(List<R> rows, T[] kind, Column<R, T> column) {
        return rows.stream().map(column::of).toList().toArray(kind);
    }

    private interface Text {
        @Nullable
        String of(Line line);
    }

    private static @Nullable String[] texts(List<Line> lines, Text text) {
        @Nullable String[] texts = new @Nullable String[lines.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text.of(lines.get(i));
        }
        return texts;
    }

    private static UUID[] distinctWallets(List<Posting> postings) {
        return postings.stream()
                .map(posting -> posting.customer().uuid())
                .distinct()
                .toArray(UUID[]::new);
    }

    private static UUID[] walletsOf(List<Posting> postings) {
        return postings.stream().map(posting -> posting.customer().uuid()).toArray(UUID[]::new);
    }

    private static UUID[] keysOf(List<Posting> postings) {
        return postings.stream().map(Posting::key).toArray(UUID[]::new);
    }

    @Override
    public Map<CustomerId, Balance> balances(Scope scope, Collection<CustomerId> customers) {
        if (customers.isEmpty()) {
            return Map.of();
        }
        UUID[] ids = customers.stream().map(CustomerId::uuid).distinct().toArray(UUID[]::new);
        return database.transact(scope, () -> {
            Map<CustomerId, Balance> balances = new HashMap<>();
            List<WalletRow> rows = wallets.findAll(scope.tenant(), ids);
            for (WalletRow row :
                    lots.current(scope.tenant(), rows, clocks.of(scope.tenant()).instant())) {
                balances.put(row.customer(), row.holding());
            }
            return balances;
        });
    }

    /** The entry of an unguarded posting in a wallet that is there, which always gets one. */
    static LedgerEntry posted(PostResult result) {
        if (result instanceof PostResult.Posted posted) {
            return posted.entry();
        }
        throw new IllegalStateException("an unguarded posting in a wallet that is there was not posted: " + result);
    }
}

package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.credits.Adjustment;
import org.bursar.credits.Balance;
import org.bursar.credits.CreditsProblems;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Grant;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Lot;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.credits.Wallet;
import org.bursar.credits.Wallets;
import org.bursar.credits.internal.LotRows.Stock;
import org.bursar.credits.internal.sql.EntryRow;
import org.bursar.credits.internal.sql.LotMapper;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.credits.internal.sql.WalletRow;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Wallets over the ledger. Reading locks nothing and writes nothing. */
@Component(service = Wallets.class)
public final class LedgerWallets implements Wallets {
    private static final String BY_CUSTOMER = "customer";
    private static final String NEWEST = "-seq";
    private static final String OLDEST = "seq";
    private static final String LOTS = "lots";

    private static final Duration LONGEST_VALIDITY = Duration.ofDays(36_525);

    private final Database database;
    private final LedgerBook ledger;
    private final Customers customers;
    private final Audit audit;
    private final TenantClocks clocks;
    private final WalletMapper wallets;
    private final LotRows lots;

    @Activate
    public LedgerWallets(
            @Reference Database database,
            @Reference TenantClocks clocks,
            @Reference LedgerBook ledger,
            @Reference Customers customers,
            @Reference Audit audit) {
        this.database = database;
        this.clocks = clocks;
        this.ledger = ledger;
        this.customers = customers;
        this.audit = audit;
        wallets = database.mapper("credits", WalletMapper.class);
        lots = new LotRows(database.mapper("credits", LotMapper.class));
    }

    @Override
    public Wallet get(Scope scope, CustomerId customer) {
        return database.transact(scope, () -> {
            WalletRow row = wallets.find(scope.tenant(), customer).orElseThrow(Problems::notFound);
            return current(scope, List.of(row)).get(0).wallet();
        });
    }

    private List<WalletRow> current(Scope scope, List<WalletRow> rows) {
        return lots.current(scope.tenant(), rows, clocks.of(scope.tenant()).instant());
    }

    @Override
    public Contents contents(Scope scope, CustomerId customer) {
        Map<CustomerId, Stock> stock = database.transact(
                scope,
                () -> lots.stock(
                        scope.tenant(),
                        new UUID[] {customer.uuid()},
                        clocks.of(scope.tenant()).instant()));
        Stock found = stock.get(customer);
        if (found == null) {
            throw Problems.notFound();
        }
        List<Lot> live = found.lots().stream()
                .filter(lot -> lot.remaining().signum() > 0)
                .limit(MOST_LOTS)
                .toList();
        return new Contents(found.wallet().wallet(), live);
    }

    @Override
    public Page<Lot> lots(Scope scope, CustomerId customer, Page.Request request) {
        String cursor = request.after();
        long before = cursor == null
                ? Long.MAX_VALUE
                : seq(Cursor.decode(LOTS, 1, cursor).get(0));
        List<Lot> page = database.transact(scope, () -> {
            get(scope, customer);
            return lots.page(
                    scope.tenant(),
                    customer,
                    before,
                    request.limit() + 1,
                    clocks.of(scope.tenant()).instant());
        });
        return Page.of(page, request, lot -> Cursor.encode(LOTS, lot.seq()));
    }

    @Override
    public List<Lot> lotsOf(Scope scope, CustomerId customer, String reference) {
        return database.transact(
                scope,
                () -> lots.withReference(
                        scope.tenant(),
                        customer,
                        reference,
                        MOST_LOTS,
                        clocks.of(scope.tenant()).instant()));
    }

    @Override
    public Page<Wallet> list(Scope scope, Page.Request request) {
        String cursor = request.after();
        UUID after = cursor == null
                ? WalletMapper.BEFORE_ALL
                : customer(Cursor.decode(BY_CUSTOMER, 1, cursor).get(0)).uuid();
        List<WalletRow> rows = database.transact(
                scope, () -> current(scope, wallets.page(scope.tenant(), after, request.limit() + 1)));
        return Page.of(rows, request, row -> Cursor.encode(BY_CUSTOMER, row.customer()))
                .map(WalletRow::wallet);
    }

    private static CustomerId customer(String text) {
        try {
            return CustomerId.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    @Override
    public Page<LedgerEntry> entries(Scope scope, CustomerId customer, Order order, Page.Request request) {
        String sort = order == Order.NEWEST_FIRST ? NEWEST : OLDEST;
        String cursor = request.after();
        Optional<Long> after = cursor == null
                ? Optional.empty()
                : Optional.of(seq(Cursor.decode(sort, 1, cursor).get(0)));
        List<EntryRow> rows = database.transact(scope, () -> {
            get(scope, customer);
            return order == Order.NEWEST_FIRST
                    ? wallets.newestEntries(scope.tenant(), customer, after.orElse(Long.MAX_VALUE), request.limit() + 1)
                    : wallets.oldestEntries(scope.tenant(), customer, after.orElse(0L), request.limit() + 1);
        });
        return Page.of(rows, request, row -> Cursor.encode(sort, row.seq())).map(EntryRow::entry);
    }

    private static long seq(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Cursor.bad();
        }
    }

    @Override
    public LedgerEntry entry(Scope scope, CustomerId customer, long seq) {
        return database.transact(scope, () -> wallets.entry(scope.tenant(), customer, seq))
                .map(EntryRow::entry)
                .orElseThrow(Problems::notFound);
    }

    @Override
    public LedgerEntry adjust(Scope scope, CustomerId customer, Adjustment adjustment, UUID key) {
        scope.requireWholeTenant();
        Checks checks = new Checks();
        checks.positiveAmount("/amount", adjustment.amount());
        String reason = checks.text("/reason", adjustment.reason(), Adjustment.LONGEST_REASON);
        boolean adds = adjustment.operation() == Adjustment.Operation.ADD;
        Optional<Grant> grant = grant(scope, checks, adjustment, adds);
        checks.done();
        BigDecimal amount = adds ? adjustment.amount() : adjustment.amount().negate();
        return database.transact(scope, () -> {
            customers.require(scope, customer);
            Posting posting = new Posting(
                    customer, amount, EntryKind.ADJUSTMENT, Optional.empty(), Optional.of(reason), key, !adds, grant);
            PostResult result = ledger.post(scope, List.of(posting)).get(0);
            if (result instanceof PostResult.Posted posted) {
                if (!posted.before()) {
                    recordInAudit(scope, posted.entry());
                }
                return posted.entry();
            }
            if (result instanceof PostResult.Insufficient) {
                throw insufficient(get(scope, customer).balance(), adjustment.amount());
            }
            throw Problems.notFound();
        });
    }

    private Optional<Grant> grant(Scope scope, Checks checks, Adjustment adjustment, boolean adds) {
        adjustment.expiresAt().ifPresent(at -> {
            Instant now = clocks.of(scope.tenant()).instant();
            checks.that(adds, "/expiresAt", FieldProblems.NOT_HERE, "only what is added expires");
            checks.that(
                    at.isAfter(now) && at.isBefore(now.plus(LONGEST_VALIDITY)),
                    "/expiresAt",
                    FieldProblems.OUT_OF_RANGE,
                    "in the future, within 100 years");
        });
        adjustment.priority().ifPresent(priority -> {
            checks.that(adds, "/priority", FieldProblems.NOT_HERE, "only what is added has a priority");
            checks.range("/priority", priority, 0, Grant.HIGHEST_PRIORITY);
        });
        boolean usual =
                adjustment.expiresAt().isEmpty() && adjustment.priority().isEmpty();
        if (usual || !checks.clean()) {
            return Optional.empty();
        }
        return Optional.of(new Grant(adjustment.priority().orElse(Grant.USUAL_PRIORITY), adjustment.expiresAt()));
    }

    private void recordInAudit(Scope scope, LedgerEntry entry) {
        CustomerId customer = entry.customer();
        BigDecimal before = entry.balanceAfter().subtract(entry.amount());
        audit.record(
                scope,
                "wallet.adjust",
                customer.toString(),
                Optional.of(customer),
                new Adjusted(Decimals.text(before), null, null),
                new Adjusted(Decimals.text(entry.balanceAfter()), entry.seq(), entry.reason()));
    }

    /** What the audit log keeps of an adjustment. */
    record Adjusted(
            String balance, @Nullable Long entry, @Nullable String reason) {}

    /** The refusal of what a wallet does not cover; it says how much there is. */
    static ProblemException insufficient(Balance balance, BigDecimal wanted) {
        String available = Decimals.text(balance.available());
        String overdraft =
                balance.overdraft().signum() == 0 ? "" : " and " + Decimals.text(balance.overdraft()) + " of overdraft";
        return new ProblemException(Problem.of(
                        CreditsProblems.INSUFFICIENT_CREDITS,
                        Decimals.text(wanted) + " is more than the " + available + " available" + overdraft + ".")
                .with("available", available));
    }
}

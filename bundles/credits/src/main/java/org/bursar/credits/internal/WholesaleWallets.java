package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.bursar.credits.Adjustment;
import org.bursar.credits.EntryKind;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.PostResult;
import org.bursar.credits.Posting;
import org.bursar.credits.Wallets;
import org.bursar.credits.Wholesale;
import org.bursar.credits.internal.sql.WalletMapper;
import org.bursar.credits.internal.sql.WalletRow;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.tenancy.Tenants;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The wholesale wallet is a row among the tenant's wallets, so that what holds it to its entries is what holds theirs. */
@Component(service = Wholesale.class)
public final class WholesaleWallets implements Wholesale {
    private static final int LONGEST_UNIT = 32;
    private static final BigDecimal BEYOND_RATE = new BigDecimal(1_000_000);

    private final Database database;
    private final TenantClocks clocks;
    private final Tenants tenants;
    private final LedgerBook ledger;
    private final Wallets wallets;
    private final Audit audit;
    private final WalletMapper mapper;

    @Activate
    public WholesaleWallets(
            @Reference Database database,
            @Reference TenantClocks clocks,
            @Reference Tenants tenants,
            @Reference LedgerBook ledger,
            @Reference Wallets wallets,
            @Reference Audit audit) {
        this.database = database;
        this.clocks = clocks;
        this.tenants = tenants;
        this.ledger = ledger;
        this.wallets = wallets;
        this.audit = audit;
        mapper = database.mapper("credits", WalletMapper.class);
    }

    private static CustomerId wallet(Scope scope) {
        scope.requireWholeTenant();
        return Wholesale.walletOf(scope.tenant());
    }

    @Override
    public Account get(Scope scope) {
        CustomerId wallet = wallet(scope);
        return database.transact(scope, () -> mapper.find(scope.tenant(), wallet))
                .map(row -> account(scope, row))
                .orElseThrow(Problems::notFound);
    }

    private static Account account(Scope scope, WalletRow row) {
        return new Account(scope.tenant(), Objects.requireNonNull(row.wholesaleRate()), row.holding(), row.version());
    }

    @Override
    public Page<LedgerEntry> entries(Scope scope, Page.Request request) {
        return wallets.entries(scope, wallet(scope), Wallets.Order.NEWEST_FIRST, request);
    }

    @Override
    public Account set(Scope scope, Terms terms) {
        CustomerId wallet = wallet(scope);
        Checks checks = new Checks();
        String unit = checks.text("/unit", terms.unit(), LONGEST_UNIT);
        checks.price("/rate", terms.rate());
        checks.that(
                terms.rate().signum() > 0 && terms.rate().compareTo(BEYOND_RATE) < 0,
                "/rate",
                FieldProblems.OUT_OF_RANGE,
                "greater than zero and less than 1000000");
        checks.amount("/overdraft", terms.overdraft());
        checks.done();
        return database.transact(scope, () -> {
            tenants.own(scope);
            Optional<WalletRow> before = mapper.lock(scope.tenant(), new UUID[] {wallet.uuid()}).stream()
                    .findFirst();
            new Checks()
                    .that(
                            before.isEmpty() || before.get().unit().equals(unit),
                            "/unit",
                            FieldProblems.NOT_HERE,
                            "the wallet's unit stays what it is: "
                                    + before.map(WalletRow::unit).orElse(unit))
                    .done();
            Instant now = clocks.of(scope.tenant()).instant().truncatedTo(ChronoUnit.MICROS);
            mapper.setWholesale(scope.tenant(), unit, terms.rate(), terms.overdraft(), now);
            Account after = get(scope);
            audit.record(
                    scope,
                    "wholesale.set",
                    scope.tenant().toString(),
                    Optional.empty(),
                    Audited.of(before.map(row -> account(scope, row)).orElse(null)),
                    Audited.of(after));
            return after;
        });
    }

    /** What the audit log keeps of the terms. */
    record Audited(
            @Nullable String unit,
            @Nullable String rate,
            @Nullable String overdraft) {
        static Audited of(@Nullable Account account) {
            return account == null
                    ? new Audited(null, null, null)
                    : new Audited(
                            account.balance().unit(),
                            Decimals.text(account.rate()),
                            Decimals.text(account.balance().overdraft()));
        }
    }

    @Override
    public LedgerEntry adjust(Scope scope, Adjustment adjustment, UUID key) {
        CustomerId wallet = wallet(scope);
        Checks checks = new Checks();
        checks.positiveAmount("/amount", adjustment.amount());
        String reason = checks.text("/reason", adjustment.reason(), Adjustment.LONGEST_REASON);
        checks.that(adjustment.expiresAt().isEmpty(), "/expiresAt", FieldProblems.NOT_HERE, "this does not expire");
        checks.that(adjustment.priority().isEmpty(), "/priority", FieldProblems.NOT_HERE, "this has no priority");
        checks.done();
        boolean adds = adjustment.operation() == Adjustment.Operation.ADD;
        BigDecimal amount = adds ? adjustment.amount() : adjustment.amount().negate();
        return database.transact(scope, () -> {
            Posting posting = new Posting(
                    wallet, amount, EntryKind.ADJUSTMENT, Optional.empty(), Optional.of(reason), key, !adds);
            PostResult result = ledger.post(scope, List.of(posting)).get(0);
            if (result instanceof PostResult.Posted posted) {
                if (!posted.before()) {
                    audit.record(
                            scope,
                            "wholesale.adjust",
                            scope.tenant().toString(),
                            Optional.empty(),
                            new LedgerWallets.Adjusted(
                                    Decimals.text(posted.entry().balanceAfter().subtract(amount)), null, null),
                            new LedgerWallets.Adjusted(
                                    Decimals.text(posted.entry().balanceAfter()),
                                    posted.entry().seq(),
                                    reason));
                }
                return posted.entry();
            }
            if (result instanceof PostResult.Insufficient) {
                throw LedgerWallets.insufficient(get(scope).balance(), adjustment.amount());
            }
            throw Problems.notFound();
        });
    }
}

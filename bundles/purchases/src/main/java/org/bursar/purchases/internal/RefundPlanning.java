package org.bursar.purchases.internal;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.credits.Lot;
import org.bursar.credits.Wallets;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.Money;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RefundId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayDescriptor.Feature;
import org.bursar.purchases.PurchaseDispute;
import org.bursar.purchases.PurchaseRefunds;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.Refund;
import org.bursar.purchases.RefundPreview;
import org.bursar.purchases.RefundStatus;
import org.bursar.purchases.internal.sql.DisputeRow;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.bursar.purchases.internal.sql.RefundMapper;
import org.bursar.purchases.internal.sql.RefundRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What people may ask back, and what it would do. The calls themselves are {@link RefundCalls}. */
@Component(service = PurchaseRefunds.class)
public final class RefundPlanning implements PurchaseRefunds {
    private static final int LONGEST_REASON = 500;
    private static final String NEWEST_REFUNDS = "-refund";
    private static final String NEWEST_DISPUTES = "-dispute";

    private final Database database;
    private final Settlement settlement;
    private final RefundBook book;
    private final RefundCalls calls;
    private final GatewayDirectory gateways;
    private final Wallets wallets;
    private final Audit audit;
    private final Clock clock;
    private final RefundMapper mapper;
    private final PurchaseMapper purchases;

    @Activate
    public RefundPlanning(
            @Reference Database database,
            @Reference Settlement settlement,
            @Reference RefundBook book,
            @Reference RefundCalls calls,
            @Reference GatewayDirectory gateways,
            @Reference Wallets wallets,
            @Reference Audit audit,
            @Reference Clock clock) {
        this.database = database;
        this.settlement = settlement;
        this.book = book;
        this.calls = calls;
        this.gateways = gateways;
        this.wallets = wallets;
        this.audit = audit;
        this.clock = clock;
        mapper = book.mapper();
        purchases = database.mapper("purchases", PurchaseMapper.class);
    }

    @Override
    public RefundPreview preview(Scope scope, PurchaseId id, Optional<Money> amount) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            PurchaseRow purchase = purchases.find(scope.tenant(), id).orElseThrow(Problems::notFound);
            long refundable = book.refundable(scope, purchase);
            Money asked = asked(purchase, amount, refundable);
            long before = purchase.refundedMinor();
            long disputed = mapper.disputed(scope.tenant(), id);
            BigDecimal worth = PurchaseStates.worth(Settlement.asked(purchase), before + asked.minor(), disputed);
            BigDecimal taken = purchase.credited().subtract(worth).max(BigDecimal.ZERO);
            BigDecimal left = left(scope, purchase);
            BigDecimal balance =
                    wallets.get(scope, purchase.customerId()).balance().balance();
            return new RefundPreview(
                    new Money(purchase.priceCurrency(), refundable),
                    asked,
                    purchase.credited(),
                    left,
                    purchase.credited().subtract(left).max(BigDecimal.ZERO),
                    taken,
                    taken.min(left),
                    balance,
                    balance.subtract(taken),
                    possible(purchase, asked.minor()) == null);
        });
    }

    private BigDecimal left(Scope scope, PurchaseRow purchase) {
        return wallets
                .lotsOf(scope, purchase.customerId(), purchase.purchaseId().toString())
                .stream()
                .map(Lot::remaining)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public RefundId plan(Scope scope, PurchaseId id, Optional<Money> amount, String reason) {
        scope.requireWholeTenant();
        Checks checks = new Checks();
        String why = checks.text("/reason", reason, LONGEST_REASON);
        checks.done();
        return database.transact(scope, () -> {
            PurchaseRow purchase = settlement.lock(scope, id);
            Money asked = asked(purchase, amount, book.refundable(scope, purchase));
            ProblemException refusal = possible(purchase, asked.minor());
            if (refusal != null) {
                throw refusal;
            }
            Instant now = clock.instant();
            RefundId refund = purchase.manual()
                    ? book.add(scope, purchase, asked, why, RefundStatus.SUCCEEDED, null)
                    : book.add(scope, purchase, asked, why, RefundStatus.PLANNED, now);
            record(scope, purchase, refund, asked, why);
            settlement.aftermath().refund(scope, purchase, refund);
            if (purchase.manual()) {
                settlement.settle(scope, settlement.lock(scope, id));
            }
            return refund;
        });
    }

    private void record(Scope scope, PurchaseRow purchase, RefundId refund, Money asked, String why) {
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("refund", refund.toString());
        after.put("amount", asked.toString());
        after.put("reason", why);
        audit.record(
                scope,
                "purchase.refund",
                purchase.purchaseId().toString(),
                Optional.of(purchase.customerId()),
                null,
                after);
    }

    /** The amount that is to be paid back, which is all that can be unless somebody names less. */
    private static Money asked(PurchaseRow purchase, Optional<Money> amount, long refundable) {
        if (!purchase.state().captured()) {
            throw new ProblemException(
                    PurchasesProblems.WRONG_STATE,
                    "The purchase is " + purchase.state().name().toLowerCase(Locale.ROOT)
                            + "; only what was paid is paid back.");
        }
        Money most = new Money(purchase.priceCurrency(), refundable);
        if (refundable == 0) {
            throw new ProblemException(
                    PurchasesProblems.WRONG_STATE, "Nothing of the purchase is left that could be paid back.");
        }
        Money asked = amount.orElse(most);
        if (!asked.currency().equals(purchase.priceCurrency())) {
            throw new ProblemException(Problems.invalid(
                    "/amount/currency", PurchasesProblems.WRONG_AMOUNT, "the payment was in " + most.currency()));
        }
        if (asked.minor() > refundable) {
            throw new ProblemException(Problems.invalid(
                    "/amount/amount",
                    PurchasesProblems.MORE_THAN_REFUNDABLE,
                    "at most " + most + " can be paid back now"));
        }
        return asked;
    }

    /** Why it cannot be paid back; null: it can. */
    private @Nullable ProblemException possible(PurchaseRow purchase, long minor) {
        if (purchase.manual()) {
            return null;
        }
        Optional<GatewayDirectory.Known> known = gateways.find(purchase.gatewayId());
        if (known.isEmpty()) {
            return new ProblemException(
                    PurchasesProblems.GATEWAY_UNAVAILABLE, "The gateway of this payment is not there at the moment.");
        }
        boolean whole = minor == purchase.priceMinor();
        boolean able = known.get().refunds()
                && (whole || known.get().descriptor().features().contains(Feature.PARTIAL_REFUND));
        return able
                ? null
                : new ProblemException(
                        PurchasesProblems.REFUND_NOT_SUPPORTED, PurchasesProblems.REFUND_NOT_SUPPORTED.cure());
    }

    @Override
    public void execute(Scope scope, RefundId refund) {
        calls.attempt(scope.wholeTenant(), refund);
    }

    @Override
    public Refund get(Scope scope, PurchaseId purchase, RefundId refund) {
        return database.transact(
                scope,
                () -> mapper.find(scope.tenant(), refund)
                        .filter(row -> row.purchaseId().equals(purchase))
                        .map(RefundRow::refund)
                        .orElseThrow(Problems::notFound));
    }

    @Override
    public Page<Refund> list(Scope scope, PurchaseId purchase, Page.Request page) {
        String cursor = page.after();
        RefundId before = cursor == null
                ? null
                : refund(Cursor.decode(NEWEST_REFUNDS, 1, cursor).get(0));
        List<RefundRow> rows = database.transact(scope, () -> {
            requirePurchase(scope, purchase);
            return mapper.page(scope.tenant(), purchase, before, page.limit() + 1);
        });
        return Page.of(rows, page, row -> Cursor.encode(NEWEST_REFUNDS, row.refundId()))
                .map(RefundRow::refund);
    }

    private void requirePurchase(Scope scope, PurchaseId id) {
        if (purchases.find(scope.tenant(), id).isEmpty()) {
            throw Problems.notFound();
        }
    }

    private static RefundId refund(String text) {
        try {
            return RefundId.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Cursor.bad();
        }
    }

    @Override
    public Page<PurchaseDispute> disputes(
            Scope scope, Optional<PurchaseId> purchase, Optional<PurchaseDispute.Status> status, Page.Request page) {
        Before before = Before.of(page.after());
        List<DisputeRow> rows = database.transact(scope, () -> {
            purchase.ifPresent(id -> requirePurchase(scope, id));
            return mapper.disputes(
                    scope.tenant(),
                    purchase.orElse(null),
                    status.orElse(null),
                    before.time(),
                    before.purchase(),
                    before.id(),
                    page.limit() + 1);
        });
        return Page.of(
                        rows,
                        page,
                        row -> Cursor.encode(NEWEST_DISPUTES, row.openedAt(), row.purchaseId(), row.providerId()))
                .map(RefundPlanning::dispute);
    }

    /** Where a page of disputes goes on. */
    private record Before(
            @Nullable Instant time,
            @Nullable PurchaseId purchase,
            @Nullable String id) {
        static Before of(@Nullable String cursor) {
            if (cursor == null) {
                return new Before(null, null, null);
            }
            List<String> keys = Cursor.decode(NEWEST_DISPUTES, 3, cursor);
            try {
                return new Before(Instant.parse(keys.get(0)), PurchaseId.fromString(keys.get(1)), keys.get(2));
            } catch (java.time.DateTimeException | IllegalArgumentException e) {
                throw Cursor.bad();
            }
        }
    }

    private static PurchaseDispute dispute(DisputeRow row) {
        return new PurchaseDispute(
                row.providerId(),
                row.purchaseId(),
                PurchaseRow.shown(row.number()),
                row.customerId(),
                row.status(),
                new Money(row.currency(), row.amountMinor()),
                row.openedAt(),
                row.updatedAt());
    }
}

package org.bursar.purchases.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bursar.database.Database;
import org.bursar.kernel.Money;
import org.bursar.kernel.RefundId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.purchases.PurchaseDispute;
import org.bursar.purchases.RefundStatus;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.bursar.purchases.internal.sql.RefundMapper;
import org.bursar.purchases.internal.sql.RefundRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is known of a purchase's refunds and disputes. Joins the transaction of its caller, who has locked the purchase. */
@Component(service = RefundBook.class)
public final class RefundBook {
    private static final String AT_PROVIDER = "made on the provider's own pages";
    private static final int LONGEST_PROVIDER_ID = 255;

    private final Clock clock;
    private final RefundMapper refunds;
    private final PurchaseMapper purchases;

    @Activate
    public RefundBook(@Reference Database database, @Reference Clock clock) {
        this.clock = clock;
        refunds = database.mapper("purchases", RefundMapper.class);
        purchases = database.mapper("purchases", PurchaseMapper.class);
    }

    /** What changed, for those who are to be told. */
    record News(List<RefundRow> refunds, List<PaymentSnapshot.Dispute> disputes) {}

    RefundMapper mapper() {
        return refunds;
    }

    /** What went back by the hands of people, where people decide. */
    long succeeded(Scope scope, PurchaseRow purchase) {
        return refunds.ofPurchase(scope.tenant(), purchase.purchaseId()).stream()
                .filter(row -> row.status() == RefundStatus.SUCCEEDED)
                .mapToLong(RefundRow::amountMinor)
                .sum();
    }

    /** The most that can be paid back: what came, less what went back, is on its way back, or was taken by a dispute. */
    long refundable(Scope scope, PurchaseRow purchase) {
        Long received = purchase.receivedMinor();
        if (received == null || !purchase.state().captured()) {
            return 0;
        }
        long gone = 0;
        long underWay = 0;
        for (RefundRow row : refunds.ofPurchase(scope.tenant(), purchase.purchaseId())) {
            if (row.status() == RefundStatus.SUCCEEDED) {
                gone += row.amountMinor();
            } else if (row.status().open()) {
                underWay += row.amountMinor();
            }
        }
        // refunds of before they were listed are known as a sum alone
        long left = received - Math.max(gone, purchase.refundedMinor()) - underWay;
        return Math.max(0, left - refunds.disputed(scope.tenant(), purchase.purchaseId()));
    }

    /** Stores what a provider shows, and looks again as long as a refund is under way. */
    News follow(Scope scope, PurchaseRow purchase, PaymentSnapshot shown) {
        Instant now = clock.instant();
        List<RefundRow> rows = refunds.ofPurchase(scope.tenant(), purchase.purchaseId());
        List<RefundMatching.Change> changes = RefundMatching.changes(rows, shown.refunds());
        changes.forEach(change -> store(scope, purchase, change, now));
        List<PaymentSnapshot.Dispute> disputes = new ArrayList<>();
        for (PaymentSnapshot.Dispute dispute : shown.disputes()) {
            if (store(scope, purchase, dispute, now)) {
                disputes.add(dispute);
            }
        }
        List<RefundRow> after = changes.isEmpty() ? rows : refunds.ofPurchase(scope.tenant(), purchase.purchaseId());
        after.stream()
                .filter(row -> row.status() == RefundStatus.PENDING || row.status() == RefundStatus.UNKNOWN)
                .map(row -> pause(Duration.between(row.createdAt(), now)))
                .min(Duration::compareTo)
                .ifPresent(pause ->
                        purchases.lookAgain(scope.tenant(), purchase.purchaseId(), now.plus(pause), purchase.alert()));
        return new News(after.stream().filter(row -> !rows.contains(row)).toList(), disputes);
    }

    /** Refunds take from seconds to days; the older one is, the less often it is looked at. */
    private static Duration pause(Duration age) {
        if (age.compareTo(Duration.ofMinutes(15)) < 0) {
            return Duration.ofMinutes(1);
        }
        return age.compareTo(Duration.ofHours(6)) < 0 ? Duration.ofMinutes(15) : Duration.ofHours(6);
    }

    private void store(Scope scope, PurchaseRow purchase, RefundMatching.Change change, Instant now) {
        RefundStatus status = change.status();
        Instant settled = status.open() ? null : now;
        RefundRow row = change.row();
        String provider = shortened(change.shown().id());
        if (row != null) {
            refunds.shown(scope.tenant(), row.refundId(), status, provider, settled, now);
            return;
        }
        RefundId id = RefundId.next(clock);
        refunds.insert(
                scope.tenant(),
                id,
                purchase.purchaseId(),
                purchase.customerId(),
                key(scope, purchase, id),
                "PROVIDER",
                change.shown().amount().minor(),
                change.shown().amount().currency(),
                AT_PROVIDER,
                status,
                provider,
                null,
                purchase.gatewayId(),
                purchase.gatewayId(),
                now,
                settled);
    }

    /** Stores a refund that somebody asks for here. */
    RefundId add(
            Scope scope,
            PurchaseRow purchase,
            Money amount,
            String reason,
            RefundStatus status,
            @Nullable Instant next) {
        Instant now = clock.instant();
        RefundId id = RefundId.next(clock);
        refunds.insert(
                scope.tenant(),
                id,
                purchase.purchaseId(),
                purchase.customerId(),
                key(scope, purchase, id),
                "PERSON",
                amount.minor(),
                amount.currency(),
                reason,
                status,
                null,
                next,
                scope.actor().id(),
                scope.actor().name(),
                now,
                status.open() ? null : now);
        return id;
    }

    /** One key for each refund, for ever. */
    private static String key(Scope scope, PurchaseRow purchase, RefundId id) {
        return scope.tenant() + ":" + purchase.purchaseId() + ":refund:" + id;
    }

    private boolean store(Scope scope, PurchaseRow purchase, PaymentSnapshot.Dispute dispute, Instant now) {
        return refunds.dispute(
                        scope.tenant(),
                        purchase.purchaseId(),
                        shortened(dispute.id()),
                        purchase.customerId(),
                        status(dispute),
                        dispute.amount().minor(),
                        dispute.amount().currency(),
                        now)
                .isPresent();
    }

    static PurchaseDispute.Status status(PaymentSnapshot.Dispute dispute) {
        return switch (dispute.status()) {
            case INQUIRY -> PurchaseDispute.Status.INQUIRY;
            case OPEN -> PurchaseDispute.Status.OPEN;
            case WON -> PurchaseDispute.Status.WON;
            case LOST -> PurchaseDispute.Status.LOST;
            case CLOSED -> PurchaseDispute.Status.CLOSED;
            default -> PurchaseDispute.Status.UNKNOWN;
        };
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_PROVIDER_ID ? text : text.substring(0, LONGEST_PROVIDER_ID);
    }
}

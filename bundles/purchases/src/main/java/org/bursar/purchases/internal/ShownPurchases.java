package org.bursar.purchases.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.identity.UserSummary;
import org.bursar.identity.Users;
import org.bursar.kernel.Money;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.purchases.NextStep;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.sql.PurchaseRow;
import org.jspecify.annotations.Nullable;

/** Purchases as they are shown: those who placed them are named as they are called now, so that who was erased is erased here. */
final class ShownPurchases {
    private final Users users;

    ShownPurchases(Users users) {
        this.users = users;
    }

    /** The people who placed some purchases. */
    record Creators(Map<UserId, UserSummary> people) {
        /** One of those purchases. */
        Purchase of(PurchaseRow row) {
            Optional<UserSummary> person = UserId.ofActor(row.createdBy()).map(people::get);
            return purchase(
                    row,
                    new Purchase.Creator(
                            row.createdBy(),
                            person.map(UserSummary::name).orElse(null),
                            person.map(UserSummary::email).orElse(null)));
        }
    }

    /** Who placed these, all by one question; joins the caller's transaction. */
    Creators named(Scope scope, List<PurchaseRow> rows) {
        List<UserId> ids = rows.stream()
                .flatMap(row -> UserId.ofActor(row.createdBy()).stream())
                .distinct()
                .toList();
        return new Creators(ids.isEmpty() ? Map.of() : users.named(scope, ids));
    }

    private static Purchase purchase(PurchaseRow row, Purchase.Creator creator) {
        Purchase.Decision decision = row.decidedBy() == null || row.decidedByName() == null || row.decidedAt() == null
                ? null
                : new Purchase.Decision(
                        row.decidedBy(), row.decidedByName(), row.decidedAt(), row.evidence(), row.reason());
        return new Purchase(
                row.purchaseId(),
                row.shownNumber(),
                row.customerId(),
                row.packageId(),
                row.planSale(),
                row.title(),
                row.price(),
                row.credits(),
                row.gatewayId(),
                row.mode() == Mode.LIVE,
                row.manual(),
                row.state(),
                row.credited(),
                row.receivedMinor() == null ? null : new Money(row.priceCurrency(), row.receivedMinor()),
                next(row),
                decision,
                creator,
                row.alert(),
                row.approvedAt(),
                row.expiresAt(),
                row.createdAt(),
                row.updatedAt(),
                row.version());
    }

    private static @Nullable NextStep next(PurchaseRow row) {
        if (row.state() == PurchaseState.CREATED) {
            return new NextStep.Wait();
        }
        String stored = row.nextStep();
        return row.state() == PurchaseState.AWAITING_PAYMENT && stored != null ? StoredJson.toNext(stored) : null;
    }
}

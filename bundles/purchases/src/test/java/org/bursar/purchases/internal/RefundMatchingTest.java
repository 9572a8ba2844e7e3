package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RefundId;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.purchases.RefundStatus;
import org.bursar.purchases.internal.RefundMatching.Change;
import org.bursar.purchases.internal.sql.RefundRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which refund that a provider shows is which of ours. */
class RefundMatchingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final PurchaseId PURCHASE = new PurchaseId(new UUID(1, 1));

    private static RefundRow row(
            int number, long minor, RefundStatus status, @Nullable String provider, int attempts, boolean ours) {
        return new RefundRow(
                new RefundId(new UUID(2, number)),
                PURCHASE,
                new CustomerId(new UUID(3, 1)),
                "key " + number,
                ours ? "PERSON" : "PROVIDER",
                minor,
                "USD",
                "asked for it",
                status,
                provider,
                null,
                attempts,
                "Mara",
                NOW.plusSeconds(number),
                null);
    }

    private static PaymentSnapshot.Refund shown(String id, long minor) {
        return PaymentSnapshot.Refund.of(id, PaymentSnapshot.RefundStatus.SUCCEEDED, Money.of("USD", minor));
    }

    @Test
    void theOldestOfTheSameAmountIsItAndWhatWasNeverAskedForIsNot() {
        RefundRow planned = row(1, 100, RefundStatus.PLANNED, null, 0, true);
        RefundRow other = row(2, 200, RefundStatus.UNKNOWN, null, 1, true);
        RefundRow older = row(3, 100, RefundStatus.UNKNOWN, null, 1, true);
        RefundRow newer = row(4, 100, RefundStatus.PENDING, null, 1, true);

        List<Change> changes =
                RefundMatching.changes(List.of(planned, other, older, newer), List.of(shown("re_1", 100)));

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.row()).isEqualTo(older);
            assertThat(change.status()).isEqualTo(RefundStatus.SUCCEEDED);
        });
    }

    @Test
    void whatIsKnownStaysAndOneThatFailsLaterChanges() {
        RefundRow known = row(1, 100, RefundStatus.SUCCEEDED, "re_1", 1, true);
        assertThat(RefundMatching.changes(List.of(known), List.of(shown("re_1", 100))))
                .isEmpty();
        PaymentSnapshot.Refund failed =
                PaymentSnapshot.Refund.of("re_1", PaymentSnapshot.RefundStatus.FAILED, Money.of("USD", 100));
        assertThat(RefundMatching.changes(List.of(known), List.of(failed)))
                .singleElement()
                .satisfies(change -> assertThat(change.status()).isEqualTo(RefundStatus.FAILED));
        PaymentSnapshot.Refund odd =
                PaymentSnapshot.Refund.of("re_1", PaymentSnapshot.RefundStatus.UNKNOWN, Money.of("USD", 100));
        assertThat(RefundMatching.changes(List.of(known), List.of(odd))).isEmpty();
    }

    /** Every refund that is shown has one row, no row two, and to look again changes nothing. */
    @Property(tries = 300)
    void eachShownRefundHasOneRowAndLookingAgainChangesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        List<RefundRow> rows = new ArrayList<>();
        for (int i = 0; i < random.nextInt(6); i++) {
            RefundStatus status = RefundStatus.values()[random.nextInt(RefundStatus.values().length)];
            boolean known = random.nextInt(3) == 0;
            rows.add(row(i, 1 + random.nextInt(3), status, known ? "re_" + i : null, random.nextInt(2), true));
        }
        List<PaymentSnapshot.Refund> shown = new ArrayList<>();
        for (int i = 0; i < random.nextInt(6); i++) {
            shown.add(shown("re_" + i, 1 + random.nextInt(3)));
        }

        List<RefundRow> after = apply(rows, RefundMatching.changes(rows, shown));

        Set<String> ids = new HashSet<>();
        after.stream()
                .map(RefundRow::providerId)
                .filter(id -> id != null)
                .forEach(id -> assertThat(ids.add(id)).isTrue());
        shown.forEach(refund -> assertThat(ids).contains(refund.id()));
        assertThat(RefundMatching.changes(after, shown)).isEmpty();
        assertThat(after.size() - rows.size()).isBetween(0, shown.size());
    }

    private static List<RefundRow> apply(List<RefundRow> rows, List<Change> changes) {
        List<RefundRow> after = new ArrayList<>(rows);
        for (Change change : changes) {
            RefundRow row = change.row();
            if (row == null) {
                long minor = change.shown().amount().minor();
                after.add(row(
                        100 + after.size(),
                        minor,
                        change.status(),
                        change.shown().id(),
                        0,
                        false));
            } else {
                int number = (int) row.refundId().uuid().getLeastSignificantBits();
                after.set(
                        after.indexOf(row),
                        row(
                                number,
                                row.amountMinor(),
                                change.status(),
                                change.shown().id(),
                                row.attempts(),
                                true));
            }
        }
        return after;
    }
}

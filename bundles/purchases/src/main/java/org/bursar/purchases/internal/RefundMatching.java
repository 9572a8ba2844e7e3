package org.bursar.purchases.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.purchases.RefundStatus;
import org.bursar.purchases.internal.sql.RefundRow;
import org.jspecify.annotations.Nullable;

/**
 * Which refund that a provider shows is which of ours. Arithmetic alone. A provider's id that is known stays where it is; another
 * belongs to the oldest refund that was asked for, of the same amount, whose end is not known; what is left was made on the
 * provider's own pages. When in doubt a refund of ours counts as done, so that nothing is paid back twice.
 */
final class RefundMatching {
    private RefundMatching() {}

    /**
     * What is to be stored.
     *
     * @param row null: a refund that nobody asked for here
     */
    record Change(@Nullable RefundRow row, PaymentSnapshot.Refund shown, RefundStatus status) {}

    static List<Change> changes(List<RefundRow> rows, List<PaymentSnapshot.Refund> shown) {
        Map<String, RefundRow> known = new HashMap<>();
        List<RefundRow> asked = new ArrayList<>();
        for (RefundRow row : rows) {
            if (row.providerId() != null) {
                known.put(row.providerId(), row);
            } else if (row.ours() && row.attempts() > 0 && row.status().open()) {
                asked.add(row);
            }
        }
        List<Change> changes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (PaymentSnapshot.Refund refund : shown) {
            if (!seen.add(refund.id())) {
                continue;
            }
            RefundRow row = known.containsKey(refund.id()) ? known.get(refund.id()) : take(asked, refund);
            RefundStatus status = status(refund, row);
            if (row == null || row.providerId() == null || row.status() != status) {
                changes.add(new Change(row, refund, status));
            }
        }
        return changes;
    }

    private static @Nullable RefundRow take(List<RefundRow> asked, PaymentSnapshot.Refund shown) {
        for (Iterator<RefundRow> each = asked.iterator(); each.hasNext(); ) {
            RefundRow row = each.next();
            if (row.amountMinor() == shown.amount().minor()
                    && row.currency().equals(shown.amount().currency())) {
                each.remove();
                return row;
            }
        }
        return null;
    }

    private static RefundStatus status(PaymentSnapshot.Refund shown, @Nullable RefundRow row) {
        return switch (shown.status()) {
            case SUCCEEDED -> RefundStatus.SUCCEEDED;
            case FAILED -> RefundStatus.FAILED;
            case PENDING -> RefundStatus.PENDING;
            // a word that the gateway does not know changes nothing
            default -> row == null || row.providerId() == null ? RefundStatus.PENDING : row.status();
        };
    }
}

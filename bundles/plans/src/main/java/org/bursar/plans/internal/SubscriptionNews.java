package org.bursar.plans.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bursar.kernel.Scope;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.bursar.webhooks.Announcement;
import org.bursar.webhooks.Announcements;
import org.jspecify.annotations.Nullable;

/** What a tenant's systems are told of subscriptions, in the transaction that changes them. */
final class SubscriptionNews {
    static final String RENEWED = "subscription.renewed";
    static final String UPDATED = "subscription.updated";

    private final Announcements announcements;

    SubscriptionNews(Announcements announcements) {
        this.announcements = announcements;
    }

    void tell(Scope scope, String type, SubscriptionRow row) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("subscription", row.subscriptionId());
        data.put("plan", row.planKey());
        data.put("planVersion", row.number());
        data.put("status", StoredSubscriptions.status(row));
        data.put("paidUntil", row.paidUntil());
        data.put("pendingPlan", row.pendingPlanKey());
        data.put("cancelAtEnd", row.cancelAtEnd());
        announcements.put(scope, new Announcement(type, Optional.of(row.customerId()), data));
    }
}

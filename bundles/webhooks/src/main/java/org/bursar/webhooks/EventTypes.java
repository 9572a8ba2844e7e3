package org.bursar.webhooks;

import java.util.List;

/** The types of events, each {@code group.what}. */
public final class EventTypes {
    public static final String ALL = "*";

    /** Every type, in alphabetical order. */
    public static final List<String> TYPES = List.of(
            "balance.changed",
            "balance.low",
            "dispute.updated",
            "purchase.approved",
            "purchase.awaiting_payment",
            "purchase.cancelled",
            "purchase.created",
            "purchase.declined",
            "purchase.disputed",
            "purchase.expired",
            "purchase.partially_refunded",
            "purchase.refunded",
            "purchase.under_review",
            "refund.updated",
            "subscription.renewed",
            "subscription.updated",
            "top_up.stopped",
            "webhook.test");

    private EventTypes() {}

    /** Whether there is such a type. */
    public static boolean known(String type) {
        return TYPES.contains(type);
    }

    /** Whether it names a type, a group ({@code purchase.*}) or all ({@code *}). */
    public static boolean pattern(String text) {
        return text.equals(ALL) || known(text) || TYPES.stream().anyMatch(type -> text.equals(group(type)));
    }

    /** Whether a pattern covers a type. */
    public static boolean covers(String pattern, String type) {
        return pattern.equals(ALL) || pattern.equals(type) || pattern.equals(group(type));
    }

    private static String group(String type) {
        return type.substring(0, type.indexOf('.')) + ".*";
    }
}

package org.bursar.credits.internal;

import org.bursar.credits.EntryKind;

/** The account that an entry's other leg goes to. The codes are stored; they are never given to another account. */
enum Contra {
    PURCHASES(1),
    USAGE(2),
    /** Settlements of holds that name no usage event. */
    SETTLED_HOLDS(3),
    ADJUSTMENTS(4),
    SUBSCRIPTIONS(5),
    EXPIRED_CREDIT(6),
    REFUNDS(7),
    DISPUTES(8),
    /** What the tenant pays the platform for its customers' holds; in its wholesale wallet alone. */
    WHOLESALE(9),
    /** What plans bring with their cycles. */
    PLAN_ALLOWANCES(10);

    private final int code;

    Contra(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Where entries of a kind go when nothing else is said. */
    static Contra of(EntryKind kind) {
        return switch (kind) {
            case PURCHASE -> PURCHASES;
            case USAGE -> USAGE;
            case SETTLEMENT -> SETTLED_HOLDS;
            case ADJUSTMENT -> ADJUSTMENTS;
            case RENEWAL, PRORATION -> SUBSCRIPTIONS;
            case EXPIRY -> EXPIRED_CREDIT;
            case REFUND -> REFUNDS;
            case DISPUTE -> DISPUTES;
            case PLAN_ALLOWANCE -> PLAN_ALLOWANCES;
        };
    }
}

package org.bursar.credits;

/** Why a wallet changed. */
public enum EntryKind {
    PURCHASE,
    USAGE,
    SETTLEMENT,
    ADJUSTMENT,
    RENEWAL,
    PRORATION,
    EXPIRY,
    REFUND,
    DISPUTE,
    PLAN_ALLOWANCE
}

package org.bursar.credits.internal.sql;

import org.bursar.credits.EntryKind;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.SpendCap;

/**
 * The numbers that kinds and statuses are stored as. They never change their meaning; entry_view repeats them in
 * words.
 */
public final class Codes {
    private Codes() {}

    /** The number of a kind. */
    public static int of(EntryKind kind) {
        return switch (kind) {
            case PURCHASE -> 1;
            case USAGE -> 2;
            case SETTLEMENT -> 3;
            case ADJUSTMENT -> 4;
            case RENEWAL -> 5;
            case PRORATION -> 6;
            case EXPIRY -> 7;
            case REFUND -> 8;
            case DISPUTE -> 9;
            case PLAN_ALLOWANCE -> 10;
        };
    }

    /** The number of a status. */
    public static int of(HoldStatus status) {
        return switch (status) {
            case OPEN -> 0;
            case SETTLED -> 1;
            case RELEASED -> 2;
            case EXPIRED -> 3;
        };
    }

    static EntryKind kind(int code) {
        for (EntryKind kind : EntryKind.values()) {
            if (of(kind) == code) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind of entry has the code " + code);
    }

    static HoldStatus status(int code) {
        for (HoldStatus status : HoldStatus.values()) {
            if (of(status) == code) {
                return status;
            }
        }
        throw new IllegalStateException("no status of a hold has the code " + code);
    }

    /** The number of a cap's period. */
    public static int of(SpendCap.Period period) {
        return switch (period) {
            case TOTAL -> 0;
            case DAY -> 1;
            case MONTH -> 2;
        };
    }

    static SpendCap.Period period(int code) {
        for (SpendCap.Period period : SpendCap.Period.values()) {
            if (of(period) == code) {
                return period;
            }
        }
        throw new IllegalStateException("no period of a cap has the code " + code);
    }
}

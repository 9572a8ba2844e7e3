package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Hold;
import org.bursar.credits.HoldStatus;
import org.bursar.credits.Posting;
import org.bursar.credits.Wholesale;
import org.bursar.credits.internal.HoldRules.Change;
import org.bursar.credits.internal.LedgerBook.Charge;
import org.bursar.credits.internal.sql.HoldRow;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.Outcome;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantId;

/** Holds under their locks, and what settling and releasing them comes to, one after the other. It reads and writes nothing. */
final class Settlements {
    private final CustomerId wholesale;
    private final OpenCaps caps;
    private final Instant now;
    private final Map<HoldId, HoldRow> before = new LinkedHashMap<>();
    private final Map<HoldId, HoldRow> after = new LinkedHashMap<>();
    private final List<Charge> charges = new ArrayList<>();
    private final Map<CustomerId, BigDecimal> back = new LinkedHashMap<>();

    Settlements(TenantId tenant, List<HoldRow> locked, OpenCaps caps, Instant now) {
        wholesale = Wholesale.walletOf(tenant);
        this.caps = caps;
        this.now = now;
        locked.forEach(row -> before.put(row.id(), row));
        after.putAll(before);
    }

    static HoldId named(HoldOperation operation) {
        return operation instanceof HoldOperation.Settle settle
                ? settle.id()
                : ((HoldOperation.Release) operation).id();
    }

    /** Decides one settlement or release, by what those before it left. */
    Outcome<Hold> decide(HoldOperation operation) {
        HoldRow row = after.get(named(operation));
        if (row == null) {
            return Outcome.refused(Problems.notFound());
        }
        Hold hold = row.hold();
        boolean release = !(operation instanceof HoldOperation.Settle settle
                && settle.amount().signum() != 0);
        if (release && hold.status() == HoldStatus.RELEASED) {
            return Outcome.done(hold);
        }
        try {
            Change change = operation instanceof HoldOperation.Settle settle && !release
                    ? HoldRules.settle(hold, settle.amount(), settle.last(), now)
                    : HoldRules.release(hold);
            return Outcome.done(changed(row, hold, change));
        } catch (ProblemException refusal) {
            return Outcome.refused(refusal);
        }
    }

    private Hold changed(HoldRow row, Hold hold, Change change) {
        Hold changed = HoldRules.changed(hold, change);
        WholesaleShare.Change share = share(row).change(hold, changed);
        charge(hold.customer(), hold, change.charged(), contra(hold));
        charge(wholesale, hold, share.charged(), Contra.WHOLESALE);
        give(hold.customer(), change.back());
        give(wholesale, share.back());
        if (hold.user() != null) {
            caps.move(new Spender(hold.customer(), hold.user()), change.back().negate(), change.charged());
        }
        after.put(
                hold.id(),
                HoldRow.of(changed, row.wholesaleRate(), share.after().stored()));
        return changed;
    }

    private static WholesaleShare share(HoldRow row) {
        return new WholesaleShare(
                row.wholesaleRate(), Optional.ofNullable(row.wholesaleHeld()).orElse(BigDecimal.ZERO));
    }

    /** Whether the rest of an open hold is not reserved at wholesale any more, although it was. */
    static boolean takenBack(HoldRow row) {
        return row.wholesaleRate() != null
                && row.wholesaleHeld() == null
                && WholesaleShare.price(row.wholesaleRate(), row.amount())
                                .compareTo(WholesaleShare.price(row.wholesaleRate(), row.settled()))
                        > 0;
    }

    private static Contra contra(Hold hold) {
        return hold.usageEvent() == null ? Contra.SETTLED_HOLDS : Contra.USAGE;
    }

    /** What was reserved pays, so nothing is asked; and what was done after the expiry was done. */
    private void charge(CustomerId wallet, Hold hold, BigDecimal amount, Contra contra) {
        if (amount.signum() == 0) {
            return;
        }
        // the hold's row, locked and of the version that was read, makes that this happens once, so the key may be new
        Posting posting = new Posting(
                wallet,
                amount.negate(),
                EntryKind.SETTLEMENT,
                Optional.of(hold.id().toString()),
                Optional.empty(),
                UUID.randomUUID(),
                false);
        charges.add(new Charge(posting, contra));
    }

    private void give(CustomerId wallet, BigDecimal amount) {
        if (amount.signum() != 0) {
            back.merge(wallet, amount.negate(), BigDecimal::add);
        }
    }

    List<Charge> charges() {
        return charges;
    }

    /** What leaves the held amounts, below zero. */
    Map<CustomerId, BigDecimal> back() {
        return back;
    }

    /** A hold that is to be written, and the version that it was read as. */
    record Written(HoldRow row, long before) {}

    /** The holds that are not as they were read. */
    List<Written> changed() {
        return before.values().stream()
                .map(row -> new Written(Objects.requireNonNull(after.get(row.id())), row.version()))
                .filter(written -> written.row().version() != written.before())
                .toList();
    }
}

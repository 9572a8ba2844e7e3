package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bursar.credits.CreditsProblems;
import org.bursar.credits.NewHold;
import org.bursar.credits.Wholesale;
import org.bursar.credits.internal.sql.WalletRow;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Wallets under their locks, the tenant's wholesale wallet and users' caps among them, and what is reserved of them one after the
 * other: each hold in all that it is taken against, or in none.
 */
final class Reservations {
    private static final BigDecimal BEYOND = new BigDecimal("100000000000000");

    private final Map<CustomerId, WalletRow> rows;
    private final @Nullable WalletRow wholesale;
    private final OpenCaps caps;
    private final boolean hidden;
    private final boolean swept;
    private final Instant now;
    private final Map<CustomerId, BigDecimal> reserved = new LinkedHashMap<>();
    private final Map<Integer, WholesaleShare> shares = new TreeMap<>();
    private final Map<Integer, ProblemException> refusals = new TreeMap<>();
    private final Set<CustomerId> stuck = new LinkedHashSet<>();

    Reservations(Scope scope, List<WalletRow> locked, OpenCaps caps, boolean swept, Instant now) {
        rows = locked.stream().collect(Collectors.toMap(WalletRow::customer, row -> row));
        wholesale = rows.remove(Wholesale.walletOf(scope.tenant()));
        this.caps = caps;
        hidden = scope.customers().isPresent();
        this.swept = swept;
        this.now = now;
    }

    void ask(int place, NewHold hold) {
        WalletRow row = rows.get(hold.customer());
        if (row == null) {
            refusals.put(place, Problems.notFound());
            return;
        }
        WholesaleShare share =
                WholesaleShare.placed(wholesale == null ? null : wholesale.wholesaleRate(), hold.amount());
        Optional<Spender> spender = spender(hold);
        // each is asked whatever the others say, so that what has expired is given back wherever that may help
        Optional<ProblemException> ofWallet = ofWallet(row, hold);
        Optional<ProblemException> ofCap = spender.flatMap(each -> caps.refusal(each, hold.amount()));
        Optional<ProblemException> ofWholesale = ofWholesale(share);
        if (ofCap.isPresent()) {
            stuck.add(hold.customer());
        }
        Optional<ProblemException> refusal = ofWallet.or(() -> ofCap).or(() -> ofWholesale);
        if (refusal.isPresent()) {
            refusals.put(place, refusal.get());
            return;
        }
        reserved.merge(hold.customer(), hold.amount(), BigDecimal::add);
        spender.ifPresent(each -> caps.move(each, hold.amount(), BigDecimal.ZERO));
        shares.put(place, share);
        if (wholesale != null && share.held().signum() > 0) {
            reserved.merge(wholesale.customer(), share.held(), BigDecimal::add);
        }
    }

    static Optional<Spender> spender(NewHold hold) {
        return hold.user().map(user -> new Spender(hold.customer(), user));
    }

    private Optional<ProblemException> ofWallet(WalletRow row, NewHold hold) {
        BigDecimal before = reserved.getOrDefault(row.customer(), BigDecimal.ZERO);
        if (!takes(row, before.add(hold.amount()))) {
            stuck.add(row.customer());
            return Optional.of(LedgerWallets.insufficient(row.reserving(before).holding(), hold.amount()));
        }
        return Optional.empty();
    }

    private Optional<ProblemException> ofWholesale(WholesaleShare share) {
        if (wholesale == null) {
            return Optional.empty();
        }
        BigDecimal before = reserved.getOrDefault(wholesale.customer(), BigDecimal.ZERO);
        if (takes(wholesale, before.add(share.held()))) {
            return Optional.empty();
        }
        stuck.add(wholesale.customer());
        return Optional.of(exhausted(wholesale.reserving(before), share.held()));
    }

    private boolean takes(WalletRow row, BigDecimal sum) {
        // as long as a lot may have expired nothing is reserved
        if (row.overdue(now) && !swept
                || !row.holding().covers(sum)
                || row.held().add(sum).compareTo(BEYOND) >= 0) {
            return false;
        }
        return true;
    }

    /** A customer's own caller is not told what the tenant has, nor that there is somebody whom it pays. */
    private ProblemException exhausted(WalletRow row, BigDecimal wanted) {
        if (hidden) {
            return new ProblemException(Problems.UNAVAILABLE, "Nothing more can be reserved at the moment.");
        }
        String available = Decimals.text(row.holding().available());
        return new ProblemException(Problem.of(
                        CreditsProblems.WHOLESALE_EXHAUSTED,
                        "At wholesale this is " + Decimals.text(wanted) + " " + row.unit() + ", more than the "
                                + available + " that is available there.")
                .with("available", available));
    }

    /** What is reserved in which wallet, the wholesale one among them. */
    Map<CustomerId, BigDecimal> reserved() {
        return reserved;
    }

    /** What a hold that is placed reserves at wholesale. */
    WholesaleShare share(int place) {
        return shares.getOrDefault(place, WholesaleShare.NONE);
    }

    Map<Integer, ProblemException> refusals() {
        return refusals;
    }

    /** The wallets, the wholesale one among them, where something that has expired may stand in the way. */
    Set<CustomerId> stuck() {
        return stuck;
    }

    OpenCaps caps() {
        return caps;
    }
}

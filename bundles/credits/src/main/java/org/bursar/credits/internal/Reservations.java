package org.bursar.credits.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bursar.credits.NewHold;
import org.bursar.credits.internal.sql.WalletRow;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;

/** Wallets under their locks, and what is reserved of them one after the other. */
final class Reservations {
    private static final BigDecimal BEYOND = new BigDecimal("100000000000000");

    private final Map<CustomerId, WalletRow> rows;
    private final boolean swept;
    private final Instant now;
    private final Map<CustomerId, BigDecimal> reserved = new LinkedHashMap<>();
    private final Map<Integer, ProblemException> refusals = new TreeMap<>();
    private final Set<CustomerId> stuck = new LinkedHashSet<>();

    Reservations(List<WalletRow> locked, boolean swept, Instant now) {
        rows = locked.stream().collect(Collectors.toMap(WalletRow::customer, row -> row));
        this.swept = swept;
        this.now = now;
    }

    void ask(int place, NewHold hold) {
        WalletRow row = rows.get(hold.customer());
        if (row == null) {
            refusals.put(place, Problems.notFound());
            return;
        }
        BigDecimal before = reserved.getOrDefault(hold.customer(), BigDecimal.ZERO);
        BigDecimal sum = before.add(hold.amount());
        // as long as a lot may have expired nothing is reserved
        if (row.overdue(now) && !swept
                || !row.holding().covers(sum)
                || row.held().add(sum).compareTo(BEYOND) >= 0) {
            stuck.add(hold.customer());
            refusals.put(place, LedgerWallets.insufficient(row.reserving(before).holding(), hold.amount()));
            return;
        }
        reserved.put(hold.customer(), sum);
    }

    Map<CustomerId, BigDecimal> reserved() {
        return reserved;
    }

    Map<Integer, ProblemException> refusals() {
        return refusals;
    }

    Set<CustomerId> stuck() {
        return stuck;
    }
}

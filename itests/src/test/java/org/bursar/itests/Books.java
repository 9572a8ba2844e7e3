package org.bursar.itests;

import static org.junit.Assert.assertEquals;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is in the database, against what was acknowledged to a {@link Load}. */
final class Books {
    private static final String MARKS = """
            select source_id from metering.usage_event
            union all select reason from credits.entry where reason like 'ADJUSTMENT-%'
            union all select usage_event from credits.hold where status = 1 and usage_event is not null""";

    private static final String DRIFT = """
            select count(*) from credits.wallet w
             where w.balance <> (select coalesce(sum(e.amount), 0) from credits.entry e
                                  where e.tenant_id = w.tenant_id and e.wallet_id = w.wallet_id)
                or w.last_seq <> (select count(*) from credits.entry e
                                   where e.tenant_id = w.tenant_id and e.wallet_id = w.wallet_id)""";

    private final Map<String, Integer> found = new HashMap<>();

    private Books() {}

    static Books of(Platform platform) throws SQLException {
        Books books = new Books();
        platform.query(MARKS).forEach(mark -> books.found.merge(mark, 1, Integer::sum));
        return books;
    }

    /** Writes that were acknowledged and are not there. */
    Set<String> lost(Set<String> acknowledged) {
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(found.keySet());
        return lost;
    }

    /** Writes that were sent, perhaps more than once, and are there more than once. */
    Set<String> doubled(Set<String> sent) {
        Set<String> doubled = new HashSet<>();
        for (String mark : sent) {
            if (found.getOrDefault(mark, 0) > 1) {
                doubled.add(mark);
            }
        }
        return doubled;
    }

    /** Compares, reports to the scorecard, and fails on the first difference. */
    static void agree(Platform platform, Load load) throws Exception {
        Books books = of(platform);
        Set<String> lost = books.lost(load.acknowledged());
        Set<String> doubled = books.doubled(load.sent());
        long drift = Long.parseLong(platform.query(DRIFT).get(0));
        long wallets = Long.parseLong(
                platform.query("select count(*) from credits.wallet").get(0));
        Scorecard.add(Figure.LOST_WRITES, load.acknowledged().size(), lost.size());
        Scorecard.add(Figure.DOUBLE_EFFECTS, load.sent().size(), doubled.size());
        Scorecard.add(Figure.LEDGER_DRIFT, wallets, drift);
        assertEquals("acknowledged and lost", Set.of(), lost);
        assertEquals("twice", Set.of(), doubled);
        assertEquals("wallets whose balance is not the sum of their entries", 0, drift);
        platform.command("ledger:verify").text();
    }
}

package org.bursar.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bursar.itests.Http.Answer;

/** All that a story leaves behind, without the ids and times in which two runs differ. */
final class Fingerprint {
    /** Tables whose rows are not the same in two runs that are the same otherwise, and why. */
    private static final Map<String, String> NOT_COUNTED = Map.ofEntries(
            Map.entry("customers.access_change", "what nodes tell each other of what they remember"),
            Map.entry("identity.session", "signing in has no key: a lost answer leaves one more session"),
            Map.entry("identity.sign_in_throttle", "counts sign-ins"),
            Map.entry("identity.audit_unchained", "what a job has not chained yet"),
            Map.entry(
                    "identity.audit_chain",
                    "what a job has chained already; together they are the audit entries, see sums()"),
            Map.entry("chat_history.reading", "a row for an hour of reading"),
            Map.entry("chat_history.customer_day", "a row for a day; the report on engagement sums them"),
            Map.entry("metering.usage_customer_day", "a row for a day; the usage report sums them"),
            Map.entry("jobs.scheduled_tasks", "the scheduler's own, the same for everybody"),
            Map.entry(
                    "credits.seal",
                    "how many seals there are depends on when the job came by; that they are true is verified"),
            Map.entry("credits.seal_part", "likewise"),
            Map.entry("credits.sealed_wallet", "likewise"),
            Map.entry("credits.sealing", "likewise"),
            Map.entry("credits.seal_key", "made with the first seal"));

    private static final List<String> PATHS = List.of(
            "/workspaces",
            "/meters",
            "/plans",
            "/plans/scale/versions",
            "/packages",
            "/customers",
            "/customers/%customer%",
            "/access/%customer%",
            "/wallets/%customer%",
            "/wallets/%customer%/entries",
            "/wallets/%customer%/lots",
            "/leases?customer=%customer%",
            "/holds?customer=%customer%",
            "/usage/%customer%",
            "/usage/%customer%/events",
            "/subscriptions/%customer%",
            "/subscriptions/%customer%/usage-cycle",
            "/purchases",
            "/gateways",
            "/gateways/bank-deposit/settings",
            "/threads",
            "/threads/%thread%/messages",
            "/users?customer=%customer%",
            "/users?role=staff",
            "/permission-sets",
            "/tenants/%tenant%/brand",
            "/tenants/%tenant%/domains",
            "/reports/usage?customer=%customer%&%period%",
            "/reports/profitability?%period%",
            "/reports/revenue?%period%",
            "/reports/lifetime-value/%customer%?%period%",
            "/reports/recurring",
            "/reports/movements?%period%",
            "/reports/usage-series?%period%",
            "/reports/engagement?%period%");

    /** When something was last seen or used depends on how often a request was sent. */
    private static final Set<String> NOT_SHOWN = Set.of("lastSeenAt", "lastUsedAt");

    private final Platform platform;
    private final Map<String, Long> before;

    private Fingerprint(Platform platform) throws SQLException {
        this.platform = platform;
        before = counts();
    }

    /** What is there before the story begins. */
    static Fingerprint before(Platform platform) throws SQLException {
        return new Fingerprint(platform);
    }

    /** What the story has left, as lines. */
    List<String> after(Client client) throws Exception {
        List<String> lines = new ArrayList<>();
        Map<String, Long> now = counts();
        // a key that was lost with its answer was revoked and made again: a row and two audit entries and one key used
        // more
        int replaced = client.replacedKeys();
        List.of("identity.api_key", "rest.idempotency", "audit api-key.create", "audit api-key.revoke")
                .forEach(name -> now.computeIfPresent(name, (same, count) -> count - replaced));
        now.computeIfPresent("identity.audit_entry", (same, count) -> count - 2L * replaced);
        now.forEach((name, count) -> {
            long more = count - before.getOrDefault(name, 0L);
            if (more != 0) {
                lines.add(name + ": " + more);
            }
        });
        for (String path : PATHS) {
            lines.addAll(shown(client, path));
        }
        sums();
        return lines;
    }

    private List<String> shown(Client client, String path) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String period = "from=" + now.minus(1, ChronoUnit.DAYS) + "&to=" + now.plus(1, ChronoUnit.DAYS);
        Answer answer = client.app()
                .get("/api/v1" + client.filled(path.replace("%period%", period)))
                .is(200);
        JsonNode json = answer.json();
        List<String> lines = new ArrayList<>();
        for (JsonNode item : json.path("items")) {
            lines.add(path + " " + scrubbed(item, client));
        }
        lines.sort(String::compareTo);
        if (json instanceof ObjectNode object) {
            object.remove("items");
            lines.add(path + " " + scrubbed(object, client));
        }
        return lines;
    }

    private static String scrubbed(JsonNode node, Client client) {
        return withoutUse(node)
                .toString()
                .replace(client.known("slug"), "SLUG")
                .replaceAll("([a-z]{3})_[0-9a-hjkmnp-tv-z]{26}", "$1_ID")
                .replaceAll("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z", "TIME")
                .replaceAll("\\d{4}-\\d{2}-\\d{2}", "DAY");
    }

    /** The fields in the order of their names, since those that other bundles add come in the order in which these started. */
    private static JsonNode withoutUse(JsonNode node) {
        node.forEach(Fingerprint::withoutUse);
        if (node instanceof ObjectNode object) {
            object.remove(NOT_SHOWN);
            Map<String, JsonNode> fields = new TreeMap<>();
            object.fieldNames().forEachRemaining(name -> fields.put(name, object.get(name)));
            object.removeAll();
            fields.forEach(object::set);
        }
        return node;
    }

    private Map<String, Long> counts() throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        List<String> tables = platform.query("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema|crash_test)'""");
        for (String table : tables) {
            if (!NOT_COUNTED.containsKey(table)) {
                counts.put(
                        table,
                        Long.valueOf(
                                platform.query("select count(*) from " + table).get(0)));
            }
        }
        // signing in again is not the story's doing
        counts.put(
                "identity.audit_entry", number("select count(*) from identity.audit_entry where action !~ '^session'"));
        grouped(counts, "audit ", "action", "identity.audit_entry where action !~ '^session'");
        grouped(counts, "mail ", "kind", "mail.message where true");
        return counts;
    }

    private void grouped(Map<String, Long> counts, String prefix, String column, String from) throws SQLException {
        for (String row :
                platform.query("select " + column + " || ' ' || count(*) from " + from + " group by " + column)) {
            int space = row.lastIndexOf(' ');
            counts.put(prefix + row.substring(0, space), Long.valueOf(row.substring(space + 1)));
        }
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(platform.query(sql).get(0));
    }

    /** What must hold whatever has happened. */
    private void sums() throws SQLException {
        List<String> wrong = new ArrayList<>(wrongWallets(platform));
        wrong.addAll(platform.query("""
                select 'audit ' || tenant_id from identity.audit_entry e
                 where not exists (select 1 from identity.audit_chain c
                                    where c.tenant_id = e.tenant_id and c.audit_entry_id = e.audit_entry_id)
                   and not exists (select 1 from identity.audit_unchained u
                                    where u.tenant_id = e.tenant_id and u.audit_entry_id = e.audit_entry_id)"""));
        if (!wrong.isEmpty()) {
            throw new AssertionError("does not add up: " + wrong);
        }
    }

    /**
     * Wallets whose balance is not the sum of their entries, whose held credit is not that of their open holds, or
     * whose lots are not those of their entries.
     */
    static List<String> wrongWallets(Platform platform) throws SQLException {
        return platform.query("""
                select 'wallet ' || w.wallet_id from credits.wallet w
                 where w.balance <> (select coalesce(sum(e.amount), 0) from credits.entry e
                                      where e.tenant_id = w.tenant_id and e.wallet_id = w.wallet_id)
                    or w.last_seq <> (select count(*) from credits.entry e
                                       where e.tenant_id = w.tenant_id and e.wallet_id = w.wallet_id)
                    or w.held <> (select coalesce(sum(case when w.wallet_id = h.wallet_id then h.amount - h.settled
                                                           else h.wholesale_held end), 0)
                                    from credits.hold h
                                   where h.tenant_id = w.tenant_id
                                     and (h.wallet_id = w.wallet_id and h.status = 0
                                          or w.wallet_id = w.tenant_id and h.wholesale_held is not null))
                    or w.balance > (select coalesce(sum(l.remaining), 0) from credits.lot l
                                     where l.tenant_id = w.tenant_id and l.wallet_id = w.wallet_id)
                    or (select count(*) from credits.entry e
                         where e.tenant_id = w.tenant_id and e.wallet_id = w.wallet_id and e.amount > 0)
                       <> (select count(*) from credits.lot l
                            where l.tenant_id = w.tenant_id and l.wallet_id = w.wallet_id)""");
    }

    /** What is in one and not in the other. */
    static String difference(List<String> expected, List<String> found) {
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(found);
        Set<String> more = new TreeSet<>(found);
        more.removeAll(expected);
        return "missing " + String.join("\n  ", missing) + "\nmore " + String.join("\n  ", more);
    }
}

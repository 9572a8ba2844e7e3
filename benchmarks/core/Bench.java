import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How fast the money core is over HTTP, each figure as a ratio to a raw limit that was measured in the same run, in turn with it.
 * {@code ./bench [rounds] [scenario …]} from the root of the tree.
 */
public final class Bench {
    private static final int CALLERS = 64;
    private static final int REPORTERS = 16;
    private static final int WALLETS = 10_000;
    private static final int SECONDS = 8;
    private static final int WARM_SECONDS = 12;
    private static final int MOST_WARM = 5;
    private static final double STEADY = 1.05;
    private static final int BATCH = 500;
    private static final int STORED = Integer.parseInt(System.getenv().getOrDefault("BENCH_STORED", "20000000"));
    private static final String STORED_MILLIONS = STORED / 1_000_000 + "M";
    private static final int STORED_CUSTOMERS = 1_000;
    private static final int STORED_DAYS = 29;

    private final Node node;
    private final int rounds;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final String key;
    private final String one;
    private final List<String> many = new ArrayList<>();
    private final List<Load> warmed = new ArrayList<>();

    /** A figure: what it is, how it is counted, and what it shall be at least. */
    private record Row(String unit, double wanted, List<Double> values) {}

    private Bench(Node node, int rounds) throws Exception {
        this.node = node;
        this.rounds = rounds;
        key = agency();
        one = customer();
        copies();
        naive();
    }

    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        int rounds = !words.isEmpty() && words.get(0).matches("\\d+") ? Integer.parseInt(words.remove(0)) : 3;
        List<String> scenarios = words.isEmpty() ? List.of("debit", "debits", "holds", "batches", "access", "large") : words;
        try (Node node = new Node()) {
            Bench bench = new Bench(node, rounds);
            for (String scenario : scenarios) {
                try {
                    bench.run(scenario);
                } catch (Exception e) {
                    System.err.println(node.complaints());
                    throw e;
                }
            }
            String table = bench.table();
            System.out.println(table);
            Files.writeString(
                    Path.of("benchmarks/target/core.md"),
                    table,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        }
    }

    private void run(String scenario) throws Exception {
        System.err.println(scenario);
        switch (scenario) {
            case "debit" -> debits("debits/s, one wallet", 5, List.of(one), 1);
            case "debits" -> debits("debits/s, " + WALLETS + " wallets", 0.7, many, WALLETS);
            case "holds" -> holds();
            case "batches" -> batches();
            case "access" -> access();
            case "large" -> large();
            case "pages" -> new Pages(node, (name, unit, wanted, value) -> row(name, unit, wanted).add(value)).run(rounds);
            default -> throw new IllegalArgumentException(
                    "there is no scenario " + scenario + "; there are debit, debits, holds, batches, access, large, pages");
        }
        looked(scenario);
    }

    // what is measured

    /** One usage event a request, each answered after its commit, against a naive transaction for each debit. */
    private void debits(String name, double wanted, List<String> customers, int wallets) throws Exception {
        String naive = """
                \\set w random(1, %d)
                begin;
                update bench.wallet set balance = balance - 1 where id = :w;
                insert into bench.entry (wallet, amount) values (:w, -1);
                commit;
                """.formatted(wallets);
        warm(seconds -> usage(seconds, customers));
        for (int round = 0; round < rounds; round++) {
            double raw = node.pgbench(naive, CALLERS, SECONDS);
            long before = commits();
            Crowd.Pace pace = usage(SECONDS, customers);
            row(name + ": requests a commit", "", 0).add(pace.aSecond() * SECONDS / (commits() - before));
            row(name + ": pgbench, naive", "1/s", 0).add(raw);
            row(name + ": over HTTP", "1/s", 0).add(pace.aSecond());
            row(name + ": over HTTP, p99", "ms", 0).add(pace.p99Millis());
            row(name + ": ratio", "", wanted).add(pace.aSecond() / raw);
        }
    }

    /** A load for some seconds. */
    private interface Load {
        Crowd.Pace run(int seconds) throws Exception;
    }

    /**
     * Runs a load until it does not get faster any more, since a JVM that still compiles is not what is measured, and for a minute
     * at most; then gives tables that have just been filled for the first time the statistics that autovacuum would give them.
     */
    private void warm(Load load) throws Exception {
        warmed.add(load);
        double best = 0;
        for (int i = 0; i < MOST_WARM; i++) {
            double pace = load.run(WARM_SECONDS).aSecond();
            if (i > 0 && pace < best * STEADY) {
                break;
            }
            best = pace;
        }
        settled();
    }

    private Crowd.Pace crowd(int callers, int seconds, Crowd.Caller script) throws Exception {
        Node.Work before = node.work();
        Crowd.Pace pace = Crowd.run(node.port(), key, callers, seconds, script);
        System.err.printf(
                Locale.ROOT,
                "  %,.0f/s, p99 %.1f ms; %s%n",
                pace.aSecond(),
                pace.p99Millis(),
                node.work().since(before, Math.max(1, pace.done())));
        return pace;
    }

    /**
     * Runs the loads of a scenario once more and looks into them, where that is wished. What they do then counts for nothing: to start
     * a recording makes the JVM forget much of what it has compiled.
     */
    private void looked(String scenario) throws Exception {
        for (int i = 0; i < warmed.size() && node.records(); i++) {
            warmed.get(i).run(WARM_SECONDS);
            node.record(scenario + i, SECONDS);
            warmed.get(i).run(SECONDS);
        }
        warmed.clear();
    }

    /** Gives a table that has just been filled for the first time the statistics that autovacuum would give it some seconds later. */
    private void settled() throws Exception {
        node.sql("analyze");
    }

    /** How many transactions were committed, as far as PostgreSQL has counted by now. */
    private long commits() throws Exception {
        Thread.sleep(1_500);
        return Long.parseLong(node.sql("select xact_commit from pg_stat_database where datname = 'bursar'"));
    }

    private Crowd.Pace usage(int seconds, List<String> customers) throws Exception {
        String started = Long.toString(System.nanoTime(), 36);
        return crowd(CALLERS, seconds, (connection, caller, round) -> {
            String customer = customers.get(ThreadLocalRandom.current().nextInt(customers.size()));
            connection
                    .send(
                            "POST",
                            "/api/v1/usage-events",
                            "application/cloudevents+json",
                            "",
                            event(started + '-' + caller + '-' + round, customer))
                    .is(200);
            return 1;
        });
    }

    private static String event(String id, String customer) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/bench\",\"type\":\"voice-minutes\",\"subject\":\""
                + customer + "\",\"time\":\"" + Instant.now() + "\",\"data\":{\"quantity\":\"1.5\"}}";
    }

    /** A hold and its settlement, each a request of its own with a key, against the two naive transactions. */
    private void holds() throws Exception {
        String naive = """
                begin;
                update bench.wallet set held = held + 1 where id = 1 and balance - held >= 1;
                insert into bench.hold (wallet, amount) values (1, 1) returning id \\gset
                commit;
                begin;
                update bench.wallet set held = held - 1, balance = balance - 1 where id = 1;
                update bench.hold set settled = 1 where id = :id;
                insert into bench.entry (wallet, amount) values (1, -1);
                commit;
                """;
        warm(this::pairs);
        for (int round = 0; round < rounds; round++) {
            double raw = node.pgbench(naive, CALLERS, SECONDS);
            Crowd.Pace pace = pairs(SECONDS);
            row("hold and settle pairs/s: pgbench, naive", "1/s", 0).add(raw);
            row("hold and settle pairs/s: over HTTP", "1/s", 0).add(pace.aSecond());
            row("hold and settle pairs/s: over HTTP, p99", "ms", 0).add(pace.p99Millis());
            row("hold and settle pairs/s: ratio", "", 3).add(pace.aSecond() / raw);
        }
    }

    private Crowd.Pace pairs(int seconds) throws Exception {
        String started = Long.toString(System.nanoTime(), 36);
        return crowd(CALLERS, seconds, (connection, caller, round) -> {
            String once = "Idempotency-Key: " + started + '-' + caller + '-' + round;
            String hold = connection
                    .send(
                            "POST",
                            "/api/v1/holds",
                            "application/json",
                            once + "h\r\n",
                            "{\"customer\":\"" + one + "\",\"amount\":\"0.02\",\"ttlSeconds\":600}")
                    .is(201)
                    .text("id");
            connection
                    .send(
                            "POST",
                            "/api/v1/holds/" + hold + "/settle",
                            "application/json",
                            once + "s\r\n",
                            "{\"amount\":\"0.01\",\"final\":true}")
                    .is(200);
            return 1;
        });
    }

    /** Batches of events, with all that is done for an event, against the same rows that are only copied into a bare table. */
    private void batches() throws Exception {
        warm(this::events);
        for (int round = 0; round < rounds; round++) {
            double raw = copy();
            Crowd.Pace pace = events(SECONDS);
            row("usage events/s in batches of " + BATCH + ": raw COPY", "1/s", 0).add(raw);
            row("usage events/s in batches of " + BATCH + ": over HTTP", "1/s", 0).add(pace.aSecond());
            row("usage events/s in batches of " + BATCH + ": ratio", "", 0.10).add(pace.aSecond() / raw);
        }
    }

    private Crowd.Pace events(int seconds) throws Exception {
        String started = Long.toString(System.nanoTime(), 36);
        return crowd(REPORTERS, seconds, (connection, caller, round) -> {
            StringBuilder body = new StringBuilder("[");
            for (int i = 0; i < BATCH; i++) {
                body.append(i == 0 ? "" : ",")
                        .append(event(started + '-' + caller + '-' + round + '-' + i, many.get(i % 100)));
            }
            connection
                    .send("POST", "/api/v1/usage-events", "application/cloudevents-batch+json", "", body.append(']').toString())
                    .is(200);
            return BATCH;
        });
    }

    private double copy() throws Exception {
        int count = 400_000;
        Path file = Files.createTempFile("bursar-bench", ".copy");
        // rows as the events of the batches lie there, in a table without keys, indexes and policies
        node.sql("drop table if exists bench.raw; create table bench.raw (like metering.usage_event)");
        node.sql("\\copy (select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now(), '/bench',"
                + " '2k8a5g9f3b1-0-' || i, 1.5, 0.012750, 0.004650, null::jsonb, gen_random_uuid(), now(), gen_random_uuid(), 1, now(),"
                + " 1.5 * i, 0.012750 * i, 0.003100000000 from generate_series(1, " + count + ") i) to '" + file + "' (format binary)");
        long start = System.nanoTime();
        node.sql("\\copy bench.raw from '" + file + "' (format binary)");
        double elapsed = (System.nanoTime() - start) / 1e9;
        Files.delete(file);
        return count / elapsed;
    }

    /** May a customer be served? Against a resource that does nothing behind the same filters, and that against a servlet. */
    private void access() throws Exception {
        List<String> asked = many.subList(0, 1_000);
        node.install(Path.of("benchmarks/probe/target/benchmarks-probe-0.1.0.jar").toAbsolutePath());
        for (String path : List.of("/benchmarks/", "/api/v1/nothing/", "/api/v1/access/")) {
            warm(seconds -> asks(path, asked, seconds));
        }
        for (int round = 0; round < rounds; round++) {
            Crowd.Pace servlet = asks("/benchmarks/", asked, SECONDS);
            Crowd.Pace empty = asks("/api/v1/nothing/", asked, SECONDS);
            Crowd.Pace pace = asks("/api/v1/access/", asked, SECONDS);
            row("requests/s: an empty servlet", "1/s", 0).add(servlet.aSecond());
            row("requests/s: an empty resource behind the filters", "1/s", 0).add(empty.aSecond());
            row("requests/s: empty resource, ratio to the servlet", "", 0.6).add(empty.aSecond() / servlet.aSecond());
            row("access/s, 1,000 customers", "1/s", 0).add(pace.aSecond());
            row("access/s: p99", "ms", 0).add(pace.p99Millis());
            row("access/s: ratio to the empty resource", "", 0.8).add(pace.aSecond() / empty.aSecond());
        }
    }

    /** The same batches, and a report, when a month of many events lies there already; last, since it does not go away again. */
    private void large() throws Exception {
        warm(this::events);
        List<Double> before = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            before.add(events(SECONDS).aSecond());
        }
        store();
        warm(this::events);
        Instant to = Instant.now();
        String month = "?from=" + to.minus(Duration.ofDays(30)) + "&to=" + to + "&customer=";
        List<String> asked = many.subList(0, STORED_CUSTOMERS);
        for (int round = 0; round < rounds; round++) {
            double after = events(SECONDS).aSecond();
            row("usage events/s in batches: with none stored", "1/s", 0).add(before.get(round));
            row("usage events/s in batches: with " + STORED_MILLIONS + " stored", "1/s", 0).add(after);
            row("usage events/s in batches: " + STORED_MILLIONS + " stored, ratio to none", "", 0.7).add(after / before.get(round));
            Crowd.Pace report = crowd(1, SECONDS, (connection, caller, turn) -> {
                connection
                        .get("/api/v1/reports/usage" + month
                                + asked.get(ThreadLocalRandom.current().nextInt(asked.size())))
                        .is(200);
                return 1;
            });
            row("a customer's month at " + STORED_MILLIONS + " stored: reports/s, one connection", "1/s", 0).add(report.aSecond());
            row("a customer's month at " + STORED_MILLIONS + " stored: p99 (at most 50)", "ms", 0).add(report.p99Millis());
        }
    }

    /**
     * A month of events of a thousand customers with their sums, up to yesterday, by SQL, as the owner: a day at a time, each customer's
     * events one after the other, as its index has them.
     */
    private void store() throws Exception {
        String chosen = "(select array_agg(id order by id) from (select id from bench.id limit " + STORED_CUSTOMERS + ") i)";
        int each = STORED / STORED_DAYS / STORED_CUSTOMERS;
        for (int day = STORED_DAYS; day > 0; day--) {
            node.sql("""
                    set app.tenant = '%1$s'; set timezone = 'UTC';
                    insert into metering.usage_event (tenant_id, customer_id, meter_id, event_id, event_time, source, source_id,
                                                      quantity, charge, cost, received_at)
                    select m.tenant_id, c.ids[k], m.meter_id,
                           ('00000000-0000-7%2$s-8000-' || lpad(to_hex(k * %3$d + i), 12, '0'))::uuid,
                           current_date - %4$d + i * (interval '1 day' / %3$d), '/bench', 'stored-' || i, 1.5, 0.01275, 0.00465, now()
                      from (select %5$s as ids) c, (select tenant_id, meter_id from plans.meter limit 1) m,
                           generate_series(1, %6$d) k, generate_series(0, %3$d - 1) i
                     order by k, i;
                    insert into metering.usage_hour (tenant_id, customer_id, hour, meter_id, events, quantity, charge, cost)
                    select tenant_id, customer_id, date_trunc('hour', event_time), meter_id, count(*), sum(quantity), sum(charge),
                           sum(cost)
                      from metering.usage_event where event_time >= current_date - %4$d and event_time < current_date - %4$d + 1
                     group by 1, 2, 3, 4;
                    insert into metering.usage_customer_day (tenant_id, customer_id, day, meter_id, events, quantity, charge, cost)
                    select tenant_id, customer_id, current_date - %4$d, meter_id, sum(events), sum(quantity), sum(charge), sum(cost)
                      from metering.usage_hour where hour >= current_date - %4$d and hour < current_date - %4$d + 1
                     group by 1, 2, 3, 4;
                    """.formatted(
                            tenant(), String.format("%03d", day), each, day, chosen, STORED_CUSTOMERS));
        }
        node.sql("vacuum (analyze) metering.usage_event, metering.usage_hour, metering.usage_customer_day");
    }

    private Crowd.Pace asks(String path, List<String> names, int seconds) throws Exception {
        return crowd(CALLERS, seconds, (connection, caller, round) -> {
            connection
                    .get(path + names.get(ThreadLocalRandom.current().nextInt(names.size())))
                    .is(200);
            return 1;
        });
    }

    // what is there to be measured

    private String agency() throws Exception {
        String admin = node.admin();
        try (Connection platform = new Connection(node.port(), admin)) {
            platform.post("/api/v1/tenants", """
                    {"slug": "bench", "name": "Bench", "kind": "agency", "unit": "USD", "timeZone": "UTC", "owner":
                     {"firstName": "Ida", "lastName": "Bench", "email": "ida@bench.example", "password": "Lantern-Over-9-Piers"}}""").is(201);
            String made = platform.send(
                            "POST",
                            "/api/v1/api-keys",
                            "application/json",
                            "Bursar-Tenant: bench\r\n",
                            "{\"name\": \"bench\", \"permissions\": [\"*\"]}")
                    .is(201)
                    .text("key");
            try (Connection app = new Connection(node.port(), made)) {
                app.post("/api/v1/meters", """
                        {"key": "voice-minutes", "name": "Minutes", "unit": "minute", "costPerUnit": "0.0031"}""").is(201);
                app.post("/api/v1/plans", """
                        {"key": "scale", "name": "Scale", "price": {"amount": "0.00", "currency": "USD"}, "cycle": "month",
                         "rates": [{"meter": "voice-minutes", "included": "0", "model": "per_unit", "unitPrice": "0.0085"}],
                         "limits": {"users": 25, "concurrency": 10}}""").is(201);
            }
            return made;
        }
    }

    private String customer() throws Exception {
        try (Connection app = new Connection(node.port(), key)) {
            String workspace = app.post("/api/v1/workspaces", "{\"name\": \"Portland\"}").is(201).text("id");
            String made = app.post("/api/v1/customers", """
                            {"companyName": "Acme", "phone": "+12025550189", "country": "US", "contact": {"name": "Ida"},
                             "address": {"line1": "1 Pier", "city": "Portland", "state": "OR", "postalCode": "97209"},
                             "workspaces": ["%s"], "plan": "scale", "admin": {"firstName": "Ann", "lastName": "Acme",
                             "email": "ann@acme-bench.example", "password": "Anchor-Below-5-Decks"}}""".formatted(workspace))
                    .is(201)
                    .text("id");
            app.post(
                            "/api/v1/wallets/" + made + "/adjustments",
                            "{\"operation\": \"add\", \"amount\": \"1000000000.00\", \"reason\": \"for the benchmark\"}")
                    .is(201);
            return made;
        }
    }

    /** The same customer again and again, by SQL, since making each over HTTP would take longer than measuring. */
    private void copies() throws Exception {
        StringBuilder sql = new StringBuilder("set app.tenant = '").append(tenant()).append("';");
        sql.append("create schema bench; create table bench.id as select gen_random_uuid() as id from generate_series(1, ")
                .append(WALLETS)
                .append(");");
        sql.append("""
                create function bench.copies(schema_name text, table_name text, id_column text, more text) returns void
                language plpgsql as $$
                declare columns text; chosen text;
                begin
                  select string_agg(quote_ident(column_name), ', ' order by ordinal_position),
                         string_agg(case when column_name = id_column then 'i.id'
                                         when column_name = more then 'gen_random_uuid()'
                                         else 't.' || quote_ident(column_name) end, ', ' order by ordinal_position)
                    into columns, chosen
                    from information_schema.columns c
                   where c.table_schema = schema_name and c.table_name = copies.table_name and c.is_generated = 'NEVER';
                  execute format('insert into %I.%I (%s) select %s from %I.%I t, bench.id i', schema_name, table_name, columns, chosen,
                                 schema_name, table_name);
                end $$;
                select bench.copies('customers', 'customer', 'customer_id', '');
                select bench.copies('credits', 'wallet', 'wallet_id', '');
                select bench.copies('credits', 'entry', 'wallet_id', '');
                select bench.copies('plans', 'subscription', 'customer_id', 'subscription_id');
                select bench.copies('plans', 'subscription_term', 'customer_id', '');
                """);
        Path file = Files.writeString(Files.createTempFile("bursar-bench", ".sql"), sql);
        node.sql("\\i " + file);
        Files.delete(file);
        for (String id : node.sql("select id from bench.id").lines().toList()) {
            many.add("cus_" + base32(UUID.fromString(id)));
        }
    }

    private String tenant() throws Exception {
        return node.sql("select tenant_id from tenancy.directory where name = 'bench'");
    }

    private static String base32(UUID id) {
        BigInteger value = new BigInteger(id.toString().replace("-", ""), 16);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 26; i++) {
            text.append("0123456789abcdefghjkmnpqrstvwxyz".charAt(value.and(BigInteger.valueOf(31)).intValue()));
            value = value.shiftRight(5);
        }
        return text.reverse().toString();
    }

    private void naive() throws Exception {
        node.sql("create table bench.wallet (id int primary key, balance numeric(20,6) not null, held numeric(20,6) not null default 0)"
                + " with (fillfactor = 50)");
        node.sql("insert into bench.wallet (id, balance) select i, 1000000000 from generate_series(1, " + WALLETS + ") i");
        node.sql("create table bench.entry (id bigint generated always as identity primary key, wallet int not null,"
                + " amount numeric(20,6) not null, created_at timestamptz not null default now())");
        node.sql("create table bench.hold (id bigint generated always as identity primary key, wallet int not null,"
                + " amount numeric(20,6) not null, settled numeric(20,6))");
    }

    // what is told

    private List<Double> row(String name, String unit, double wanted) {
        return rows.computeIfAbsent(name, any -> new Row(unit, wanted, new ArrayList<>())).values();
    }

    private String table() throws Exception {
        StringBuilder table = new StringBuilder();
        table.append(rounds).append(" rounds, ").append(Runtime.getRuntime().availableProcessors()).append(" processors, Java ")
                .append(System.getProperty("java.version")).append(", ").append(node.sql("show server_version"))
                .append(" with fsync ").append(node.sql("show fsync")).append(" and synchronous_commit ")
                .append(node.sql("show synchronous_commit")).append(", ").append(Instant.now()).append("\n\n");
        table.append("| figure | at least | median | least | most |\n| --- | --- | --- | --- | --- |\n");
        rows.forEach((name, row) -> {
            List<Double> sorted = new ArrayList<>(row.values());
            Collections.sort(sorted);
            String unit = row.unit().isEmpty() ? "" : ", " + row.unit();
            table.append("| ").append(name).append(unit).append(" | ").append(row.wanted() == 0 ? "" : number(row.wanted()))
                    .append(" | ").append(number(sorted.get(sorted.size() / 2)))
                    .append(" | ").append(number(sorted.get(0)))
                    .append(" | ").append(number(sorted.get(sorted.size() - 1))).append(" |\n");
        });
        return table.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
    }
}

package org.bursar.itests;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bursar.itests.Http.Answer;

/**
 * Several programs at work on the wallets of one tenant, while the platform is killed at random moments. Each keeps a book of its own
 * of what must be there in the end, and every second one reports no usage, so that its balance must never fall below zero.
 */
final class CrashLoad {
    private static final long DEADLINE_SECONDS = 120;
    private static final int CALLS = 6;

    private final Platform platform;
    private final Client owner;
    private final List<Worker> workers = new ArrayList<>();
    private volatile boolean enough;

    CrashLoad(Platform platform, Client owner, int programs) {
        this.platform = platform;
        this.owner = owner;
        for (int number = 0; number < programs; number++) {
            workers.add(new Worker(number));
        }
    }

    /** Works until so many kills were survived, every second of them with the database's processes, then gives what is wrong. */
    List<String> run(Killer killer, int kills, Random random) throws Exception {
        List<String> wrong = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> running = new ArrayList<>();
        try {
            for (Worker worker : workers) {
                running.add(threads.submit(worker::work));
            }
            for (int kill = 0; kill < kills; kill++) {
                Thread.sleep(500 + random.nextInt(2_000));
                killer.kill(kill % 2 == 1);
                killer.start();
            }
            Thread.sleep(500);
            enough = true;
            for (Future<?> worker : running) {
                wrong.addAll(failure(worker));
            }
        } finally {
            enough = true;
            threads.shutdownNow();
        }
        for (Worker worker : workers) {
            wrong.addAll(worker.book());
        }
        wrong.addAll(Fingerprint.wrongWallets(platform));
        return wrong;
    }

    /** What a program stumbled over: an answer that does not follow from those before it. */
    private static List<String> failure(Future<?> worker) throws Exception {
        try {
            worker.get(4, TimeUnit.MINUTES);
            return List.of();
        } catch (ExecutionException e) {
            return List.of("a program ended by " + e.getCause());
        }
    }

    /** Usage reports that were committed together with others, each of which came in a request of its own. */
    int shared() throws SQLException {
        return Integer.parseInt(platform.query(
                        "select count(*) - count(distinct xmin::text) from metering.usage_event where source_id like 'event %'")
                .get(0));
    }

    int writes() {
        return workers.stream().mapToInt(worker -> worker.operation).sum();
    }

    /** What is unfinished although its time is over; waits until there is nothing of the kind, or the deadline has passed. */
    List<String> unfinished() throws Exception {
        List<String> left = List.of();
        for (int second = 0; second < DEADLINE_SECONDS; second++) {
            left = new ArrayList<>();
            left.addAll(platform.query(
                    "select 'purchase ' || purchase_id from purchases.purchase where state = 'CREATED'"));
            left.addAll(
                    platform.query(
                            "select 'hold ' || hold_id from credits.hold where status = 0 and expires_at < now() - interval '5 s'"));
            left.addAll(
                    platform.query(
                            "select 'lease ' || lease_id from plans.lease where ended_at is null and expires_at < now() - interval '5 s'"));
            left.addAll(platform.query("select 'mail ' || mail_id from mail.message where status = 'QUEUED'"));
            left.addAll(platform.query("select 'audit ' || audit_entry_id from identity.audit_unchained"));
            left.addAll(platform.query("""
                    select 'job ' || task_instance from jobs.scheduled_tasks
                     where picked and last_heartbeat < now() - interval '30 s'"""));
            if (left.isEmpty()) {
                return left;
            }
            Thread.sleep(1_000);
        }
        return left;
    }

    private final class Worker {
        private final int number;
        private final Client client;
        private final Random random;
        private final List<String> adjusted = new ArrayList<>();
        private final List<String> events = new ArrayList<>();
        private final List<String> held = new ArrayList<>();
        private final List<String> settled = new ArrayList<>();
        private final List<String> bought = new ArrayList<>();
        private final List<String> leased = new ArrayList<>();
        private int released;
        private BigDecimal balance = BigDecimal.ZERO;
        private int operation;

        Worker(int number) {
            this.number = number;
            this.random = new Random(number);
            this.client = new Client(platform.address(), platform::admin, "unused").like(owner);
            client.write(Write.post(
                            "customer " + number,
                            "/customers",
                            Bodies.customer(Bodies.LINE1, "worker" + number + "@load.example", "%salem%"))
                    .keeping("customer", "/id"));
            adjust("add", "100.00");
        }

        /** An operation's name, which is its key too; another load of the same platform has other ones. */
        private String name(String kind) {
            return kind + " " + owner.known("slug") + " " + number + " " + operation++;
        }

        void work() {
            while (!enough) {
                switch (random.nextInt(7)) {
                    case 0 -> adjust("add", "1" + random.nextInt(10) + ".25");
                    case 1 -> adjust("deduct", "2.50");
                    case 2 -> hold();
                    case 3 -> use();
                    case 4 -> promote();
                    case 5 -> lease();
                    default -> buy();
                }
            }
        }

        private void adjust(String operationKind, String amount) {
            String reason = name("adjustment");
            client.write(Story.adjustment(reason, operationKind, amount));
            adjusted.add(reason);
            BigDecimal change = new BigDecimal(amount);
            balance = operationKind.equals("add") ? balance.add(change) : balance.subtract(change);
        }

        private void hold() {
            String name = name("hold");
            boolean forgotten = random.nextInt(4) == 0;
            Answer hold = client.write(Write.post(
                            name,
                            "/holds",
                            "{\"customer\": \"%%customer%%\", \"amount\": \"3.00\", \"ttlSeconds\": %d}"
                                    .formatted(forgotten ? 2 : 3_600))
                    .keeping("hold", "/id"));
            held.add(hold.at("/id"));
            if (!forgotten) {
                client.write(Write.post(name("settlement"), "/holds/%hold%/settle", "{\"amount\": \"1.75\"}"));
                settled.add(hold.at("/id"));
                balance = balance.subtract(new BigDecimal("1.75"));
            }
        }

        private void use() {
            if (number % 2 == 1) {
                return;
            }
            List<String> names = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                names.add(name("event"));
            }
            // as many calls of one customer end at once, and their reports may share a commit
            names.parallelStream().forEach(this::report);
            events.addAll(names);
        }

        private void report(String event) {
            Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            Answer answer = client.write(Write.post(
                            event,
                            "/usage-events",
                            "[" + Bodies.event(event, "voice-minutes", "%customer%", time, "50") + "]")
                    .typed("application/cloudevents-batch+json"));
            String status = answer.at("/results/0/status");
            if (!status.equals("accepted") && !status.equals("duplicate")) {
                throw new AssertionError(answer.text());
            }
        }

        private void promote() {
            String reason = name("promotion");
            client.write(Story.promotion(reason, "2.75", random.nextInt(200)));
            adjusted.add(reason);
            balance = balance.add(new BigDecimal("2.75"));
        }

        private void lease() {
            boolean forgotten = random.nextInt(4) == 0;
            Answer lease = client.write(Story.lease(name("lease"), forgotten ? 2 : 3_600));
            leased.add(lease.at("/id"));
            if (!forgotten) {
                client.write(Write.post(name("renewal"), "/leases/%other lease%/renew", "{\"ttlSeconds\": 7200}"));
                client.write(Write.post(name("end"), "/leases/%other lease%/release", "{}"));
                released++;
            }
        }

        private void buy() {
            String name = name("purchase");
            Answer made = client.write(Write.post(name, "/purchases", """
                    {"customer": "%customer%", "package": "%package%", "gateway": "bank-deposit"}""").keeping("bought", "/id"));
            client.write(Write.post(name("approval"), "/purchases/%bought%/approve", Bodies.approval("450.00")));
            bought.add(made.at("/id"));
            balance = balance.add(new BigDecimal("500.00"));
        }

        /** What is not as this program has been told it is. */
        List<String> book() throws SQLException {
            List<String> wrong = new ArrayList<>();
            String wallet = " from credits.entry where reference = '%s'";
            for (String reason : adjusted) {
                once(wrong, reason, "select count(*) from credits.entry where reason = '" + reason + "'");
            }
            for (String hold : settled) {
                once(wrong, "settlement of " + hold, "select count(*)" + wallet.formatted(hold));
            }
            for (String purchase : bought) {
                once(wrong, purchase, "select count(*)" + wallet.formatted(purchase));
            }
            for (String event : events) {
                once(wrong, event, "select count(*) from metering.usage_event where source_id = '" + event + "'");
            }
            String uuid = platform.query("select wallet_id from credits.entry where reason = '" + adjusted.get(0) + "'")
                    .get(0);
            Map.of(
                            "entries.adjustment", adjusted.size(),
                            "entries.settlement", settled.size(),
                            "entries.purchase", bought.size())
                    .forEach((what, count) -> equal(
                            wrong,
                            what,
                            count,
                            "select count(*) from credits.entry_view" + " where customer_id = '" + uuid
                                    + "' and kind = '" + what.substring(8) + "'"));
            equal(wrong, "holds", held.size(), "select count(*) from credits.hold where wallet_id = '" + uuid + "'");
            equal(
                    wrong,
                    "purchases",
                    bought.size(),
                    "select count(*) from purchases.purchase where customer_id = '" + uuid + "'");
            equal(
                    wrong,
                    "events",
                    events.size(),
                    "select count(*) from metering.usage_event where customer_id = '" + uuid + "'");
            String leases = "select count(*) from plans.lease where customer_id = '" + uuid + "'";
            equal(wrong, "leases", leased.size(), leases);
            equal(wrong, "released leases", released, leases + " and released");
            // what usage costs depends on the rest of the included minutes: its own sum is held against its entries
            String due = platform.query("select " + balance.toPlainString()
                            + " - (select coalesce(sum(charge), 0) from metering.usage_event where customer_id = '"
                            + uuid
                            + "') - balance from credits.wallet where wallet_id = '" + uuid + "'")
                    .get(0);
            if (new BigDecimal(due).signum() != 0) {
                wrong.add("the balance of program " + number + " is wrong by " + due);
            }
            if (number % 2 == 1) {
                platform.query("select 'below zero at ' || seq from credits.entry where wallet_id = '" + uuid
                                + "' and balance_after < 0")
                        .forEach(wrong::add);
            }
            return wrong;
        }

        private void once(List<String> wrong, String what, String sql) throws SQLException {
            equal(wrong, what, 1, sql);
        }

        private void equal(List<String> wrong, String what, int expected, String sql) {
            try {
                String found = platform.query(sql).get(0);
                if (!found.equals(Integer.toString(expected))) {
                    wrong.add(what + " of program " + number + ": " + found + " instead of " + expected);
                }
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }
}

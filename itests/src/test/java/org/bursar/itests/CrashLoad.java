package org.bursar.itests;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    /** Works until so many kills were survived, then gives what is wrong. */
    List<String> run(Killer killer, int kills, Random random) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> running = new ArrayList<>();
        try {
            for (Worker worker : workers) {
                running.add(threads.submit(worker::work));
            }
            for (int kill = 0; kill < kills; kill++) {
                Thread.sleep(random.nextInt(2_000));
                killer.kill(kill % 4 == 3);
                killer.start();
            }
            Thread.sleep(500);
            enough = true;
            for (Future<?> worker : running) {
                worker.get(4, TimeUnit.MINUTES);
            }
        } finally {
            enough = true;
            threads.shutdownNow();
        }
        List<String> wrong = new ArrayList<>();
        for (Worker worker : workers) {
            wrong.addAll(worker.book());
        }
        wrong.addAll(Fingerprint.wrongWallets(platform));
        return wrong;
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

        /** Of an operation's name, which is its key too. */
        private String name(String kind) {
            return kind + " " + number + " " + operation++;
        }

        void work() {
            while (!enough) {
                switch (random.nextInt(5)) {
                    case 0 -> adjust("add", "1" + random.nextInt(10) + ".25");
                    case 1 -> adjust("deduct", "2.50");
                    case 2 -> hold();
                    case 3 -> use();
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
            String event = name("event");
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
            events.add(event);
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

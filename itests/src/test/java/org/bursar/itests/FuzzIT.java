package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.bursar.itests.Http.Answer;
import org.bursar.itests.OpenApi.Operation;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;

/** Bad requests without end: each is refused with a problem that says where, and nothing of it is left. */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class FuzzIT {
    private static final long FIRST_SEED = 1_121;
    private static final int AT_ONCE = 4;
    private static final int BATCHES = 4;
    private static final int MOST_REPORTED = 40;

    private static Platform platform;
    private static World world;
    private static OpenApi api;
    private static long seed;

    @BeforeClass
    public static void start() throws Exception {
        begin(Platform.withAdmin("fuzz").start());
    }

    static void begin(Platform running) throws Exception {
        platform = running;
        world = World.in(platform);
        api = OpenApi.of(platform.anybody());
        // always the same in small counts, so that no change is refused for what it did not do; the soak looks further
        seed = Long.getLong("fuzz.seed", Soak.on() ? System.nanoTime() : FIRST_SEED);
        System.out.println("the same requests again: -Dfuzz.seed=" + seed);
    }

    @AfterClass
    public static void stop() throws Exception {
        if (platform != null) {
            platform.close();
        }
    }

    /** Gateways of third parties are GatewaysIT's. */
    private static final Set<String> ELSEWHERE =
            Set.of("POST /gateways/{digest}/approve", "POST /gateways/{digest}/update");

    private final AtomicLong broken = new AtomicLong();
    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

    private void send(long count, long batchSeed, boolean mayPass) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<?>> running = new ArrayList<>();
        for (int worker = 0; worker < AT_ONCE; worker++) {
            Mutations mutations = new Mutations(batchSeed * AT_ONCE + worker, world, api);
            running.add(pool.submit(() -> {
                for (long sent = 0; sent < count / AT_ONCE; sent++) {
                    judge(mutations.next(mayPass));
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        pool.shutdown();
    }

    private void judge(BadRequest bad) throws Exception {
        Wire.Reply reply = bad.send(platform.port());
        if (reply.status() >= 500) {
            broken.incrementAndGet();
        }
        List<String> wrong = bad.faults(reply);
        if (!wrong.isEmpty() && faults.size() < MOST_REPORTED) {
            String text = reply.text();
            String told = bad + "\n   answered " + reply.status() + " "
                    + text.substring(0, Math.min(300, text.length())) + "\n   " + wrong;
            // reports end at the first character that XML does not have
            faults.add(told.replaceAll("[^\n -~]", "?"));
        }
    }

    /** What is sent otherwise is right: requests get as deep as those of people do. */
    @Test
    public void step1WhatIsRightIsTaken() {
        Owner owner = world.right.customers.get(1);
        List<String> refused = new ArrayList<>();
        for (Operation operation : api.operations()) {
            if (operation.method().equals("DELETE")
                    || ELSEWHERE.contains(operation.name())
                    || operation.permission().equals("anonymous")
                    || operation.path().startsWith("/me/")
                    || operation.path().startsWith("/sessions")) {
                continue;
            }
            Http caller = operation.permission().equals("platform") ? world.admin : world.right.callers.get("key");
            serve(owner);
            JsonNode body = operation.bodies().isEmpty() ? null : Forms.of(operation.name(), owner);
            String text = operation.reads() ? null : body == null ? "{}" : body.toString();
            Answer answer = caller.send(
                    operation.method(),
                    Places.path(operation, Places.values(operation, owner)) + Places.needed(operation, owner),
                    operation.contentType(),
                    text);
            // what was done to a thing before may stand in the way, a suspension too
            boolean inTheWay = answer.status() == 409 || answer.text().contains("\"access_refused\"");
            if (answer.status() >= 300 && !inTheWay) {
                refused.add(operation + " answered " + answer.status() + " " + answer.text());
            }
        }
        assertEquals("", String.join("\n", refused));
    }

    /** What an operation before has stopped goes on. */
    private static void serve(Owner owner) {
        Http app = world.right.callers.get("key");
        String customer = owner.id("customer");
        world.admin
                .post("/api/v1/tenants/" + world.right.id("tenant") + "/resume", "{\"reason\": \"again\"}")
                .is(200);
        app.post("/api/v1/customers/" + customer + "/activate", "{\"reason\": \"again\"}");
        app.post("/api/v1/customers/" + customer + "/resume", "{\"reason\": \"again\"}");
        app.post("/api/v1/subscriptions/" + customer + "/unlock", "{}");
    }

    @Test
    public void step2WhatIsWrongIsRefusedAndLeavesNothing() throws Exception {
        int count = Soak.count(2_400, 90_000);
        List<String> written = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            TableStates before = TableStates.of(platform);
            send(count / BATCHES, seed + batch, false);
            written.addAll(TableStates.of(platform).changedSince(before));
        }
        Scorecard.add(Figure.BAD_INPUTS, count, broken.get());
        Scorecard.add(Figure.HALF_WRITES, count, written.size());
        assertEquals("seed " + seed, "", String.join("\n", faults));
        assertEquals("seed " + seed, List.of(), written);
    }

    @Test
    public void step3WhatMayBeRightBreaksNothing() throws Exception {
        int count = Soak.count(600, 12_000);
        send(count, seed + BATCHES, true);
        Scorecard.add(Figure.BAD_INPUTS, count, broken.get());
        assertEquals("seed " + seed, "", String.join("\n", faults));
    }

    @Test
    public void step4TheServerIsAsWellAsBefore() throws Exception {
        platform.anybody().get("/health/ready").is(200);
        world.left.callers.get("key").get("/api/v1/customers").is(200);
        List<String> complaints = platform.log()
                .lines()
                .filter(line -> line.contains("request failed") || line.matches(".* (ERROR|WARN) .*"))
                .limit(10)
                .toList();
        assertEquals(List.of(), complaints);
        assertTrue(platform.query("select query from pg_stat_activity where state like 'idle in transaction%'")
                        .size()
                < 2);
    }
}

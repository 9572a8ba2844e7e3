package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.bursar.itests.Http.Answer;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;

/** A sandbox of the distribution, from outside: its clock is moved, and goes on where a kill has cut it off. */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class SandboxIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);
    private static final int CUSTOMERS = 30;
    private static final int YEARS = 5;

    private static Platform platform;
    private static Http admin;
    private static Http app;
    private static String clock;
    private static final List<String> customers = new ArrayList<>();

    @BeforeClass
    public static void start() throws Exception {
        platform = Platform.withAdmin("sandbox").start();
        admin = platform.admin();
        String tenant = Bodies.tenant("playground", "Playground", "mara@playground.example")
                .replace("\"unit\"", "\"sandbox\": true, \"unit\"");
        Answer made = admin.post("/api/v1/tenants", tenant).is(201).shows("/sandbox", "true");
        clock = "/api/v1/tenants/" + made.at("/id") + "/clock";
        app = platform.anybody()
                .bearer(admin.with("Bursar-Tenant", "playground")
                        .post("/api/v1/api-keys", "{\"name\": \"app\", \"permissions\": [\"*\"]}")
                        .is(201)
                        .at("/key"));
        String workspace = app.post("/api/v1/workspaces", "{\"name\": \"Portland\"}")
                .is(201)
                .at("/id");
        app.post("/api/v1/plans", """
                {"key": "scale", "name": "Scale", "price": {"amount": "30.00", "currency": "USD"}, "cycle": "month", "rates": []}""").is(201);
        for (int i = 0; i < CUSTOMERS; i++) {
            String customer = app.post(
                            "/api/v1/customers",
                            Bodies.customer(Bodies.LINE1, "admin" + i + "@acmecorp.example", workspace)
                                    .replace("Acme Corporation", "Acme Corporation " + i))
                    .is(201)
                    .at("/id");
            app.post(
                            "/api/v1/wallets/" + customer + "/adjustments",
                            "{\"operation\": \"add\", \"amount\": \"100000.00\", \"reason\": \"prepaid\"}")
                    .is(201);
            customers.add(customer);
        }
    }

    @AfterClass
    public static void stop() throws Exception {
        platform.close();
    }

    /** When a customer's renewals were posted. */
    private static List<String> renewals(String customer) throws Exception {
        JsonNode entries = JSON.readTree(app.get("/api/v1/wallets/" + customer + "/entries?limit=200")
                .is(200)
                .text());
        List<String> at = new ArrayList<>();
        for (JsonNode entry : entries.path("items")) {
            if (entry.path("kind").asText().equals("renewal")) {
                at.add(entry.path("createdAt").asText());
            }
        }
        return at;
    }

    @Test
    public void aMonthIsAMonthWhoeverMovesIt() throws Exception {
        Instant start =
                Instant.parse(app.get(clock).is(200).shows("/moving", "false").at("/now"));
        Answer moved = app.post(clock + "/advance", "{\"by\": \"PT1H\"}").is(200);
        assertEquals(start.plusSeconds(3_600), Instant.parse(moved.at("/now")));
        app.twice(clock + "/advance", "{\"by\": \"PT1H\"}");
        assertEquals(
                "a retry moves it once",
                start.plusSeconds(7_200),
                Instant.parse(app.get(clock).is(200).at("/now")));
        admin.post(clock + "/advance", "{\"by\": \"P1M\"}").is(200).shows("/moving", "false");
        assertEquals(1, renewals(customers.get(0)).size());
        String shown = platform.command("tenant:advance", "playground", "P1M", "--json")
                .text();
        assertTrue(shown, shown.contains("moving"));
        assertEquals(2, renewals(customers.get(0)).size());
    }

    @Test
    public void bWhatCannotBeIsRefused() {
        app.post(clock + "/advance", "{\"to\": \"2020-01-01T00:00:00Z\"}").refuses(422, "invalid");
        app.post(clock + "/advance", "{\"by\": \"soon\"}").refuses(422, "invalid");
        app.put("/api/v1/gateways/bank-deposit/settings", """
                {"accountHolder": "Agency", "accountNumber": "000123456789", "instructions": "Quote the reference."}""").is(200);
        app.send("PATCH", "/api/v1/gateways/bank-deposit", "application/json", "{\"mode\": \"live\"}")
                .refuses(409, "sandbox_takes_no_money");
        String ordinary = admin.post(
                        "/api/v1/tenants", Bodies.tenant("harborlight", "Harborlight AI", "mara@harborlight.example"))
                .is(201)
                .shows("/sandbox", "false")
                .at("/id");
        admin.post("/api/v1/tenants/" + ordinary + "/clock/advance", "{\"by\": \"P1D\"}")
                .refuses(409, "not_a_sandbox");
        app.get("/api/v1/tenants/" + ordinary + "/clock").refuses(404, "not_found");
    }

    @Test
    public void cAKillOnTheWayLosesNothingAndDoublesNothing() throws Exception {
        int before = renewals(customers.get(0)).size();
        Answer asked =
                app.post(clock + "/advance", "{\"by\": \"P" + YEARS + "Y\"}").is(200);
        Instant target = Instant.parse(asked.at("/target"));
        platform.kill();
        platform.start();
        app = app.to(platform.address());
        long start = System.nanoTime();
        Answer now = app.get(clock).is(200);
        while (!now.at("/moving").equals("false") && System.nanoTime() - start < PATIENCE_NANOS) {
            Thread.sleep(500);
            now = app.get(clock).is(200);
        }
        now.shows("/moving", "false");
        assertEquals(target, Instant.parse(now.at("/now")));
        for (String customer : customers) {
            List<String> at = renewals(customer);
            Set<String> once = new TreeSet<>(at);
            assertEquals("each at its own instant", at.size(), once.size());
            assertEquals(customer, before + 12 * YEARS, at.size());
        }
        assertEquals(0, platform.command("ledger:verify", "playground").status());
    }
}

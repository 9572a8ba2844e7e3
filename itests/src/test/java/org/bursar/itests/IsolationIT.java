package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bursar.itests.Http.Answer;
import org.bursar.itests.OpenApi.Operation;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Every operation of the OpenAPI document, called as every role of another tenant and of another customer, and as nobody, with this
 * one's ids wherever an id can stand: nothing is seen, nothing is changed, and no answer tells what is there from what is not.
 */
public class IsolationIT {
    /** Pages of the platform's admins, and those that send on who has signed in already or has nothing to do there. */
    private static final Set<String> NOT_FOR_OWNERS = Set.of(
            "/agencies/{id}",
            "/reports/agencies",
            "/login",
            "/customers/bulk",
            "/one-time-links/{token}",
            // parts of other bundles, of which there are none here
            "/x/{bundle}/{page}",
            "/customers/{id}/x/{tab}",
            "/slots/{id}",
            // its name is that of its content
            "/brand/{tenant}/logo/{file}");

    private static Platform platform;
    private static World world;
    private static OpenApi api;

    @BeforeClass
    public static void start() throws Exception {
        begin(Platform.withAdmin("isolation").start());
    }

    static void begin(Platform running) throws Exception {
        platform = running;
        world = World.in(platform);
        api = OpenApi.of(platform.anybody());
    }

    @AfterClass
    public static void stop() throws Exception {
        if (platform != null) {
            platform.close();
        }
    }

    /** Those who try: one owner's callers at another's things. */
    private static List<Probes> attacks() {
        List<Probes> attacks = new ArrayList<>();
        Owner victim = world.left;
        Owner stranger = world.right;
        attacks.add(new Probes(api, victim, victim.allSecrets(), stranger, stranger.customers.get(0), true));
        for (Owner customer : stranger.customers) {
            attacks.add(new Probes(api, victim, victim.allSecrets(), customer, customer, true));
        }
        Owner head = victim.customers.get(0);
        Owner sub = victim.customers.get(1);
        Owner neighbour = victim.customers.get(2);
        // a sub-account knows who its parent is, and nothing more of it; a parent's people see their sub-accounts
        Set<String> parent = head.secrets();
        parent.remove(head.id("customer"));
        attacks.add(new Probes(api, head, parent, sub, sub, false));
        attacks.add(new Probes(api, head, head.secrets(), neighbour, neighbour, false));
        attacks.add(new Probes(api, sub, sub.secrets(), neighbour, neighbour, false));
        attacks.add(new Probes(api, neighbour, neighbour.secrets(), head, head, false));
        return attacks;
    }

    /** Every attack leaves what was there as it was. */
    private static void unharmed(Attack attack) throws Exception {
        TableStates before = TableStates.of(platform, world.left.id("slug"));
        long tried = 0;
        List<String> leaks = new ArrayList<>();
        for (Probes probes : attacks()) {
            attack.by(probes);
            tried += probes.tried();
            leaks.addAll(probes.leaks());
        }
        leaks.addAll(TableStates.of(platform, world.left.id("slug")).changedSince(before));
        Scorecard.add(Figure.PROBES, tried, leaks.size());
        assertTrue("nothing was tried", tried > 0);
        assertEquals(tried + " tries", "", String.join("\n", leaks));
    }

    private interface Attack {
        void by(Probes probes) throws Exception;
    }

    @Test
    public void everyOperationAndPlaceIsKnown() {
        for (Operation operation : api.operations()) {
            Forms.complete(api, operation, world.left.customers.get(1));
            Places.kinds(operation);
            Places.query(operation);
            Places.body(api, operation);
        }
    }

    @Test
    public void anothersIdInAPathIsLikeNone() throws Exception {
        unharmed(probes -> api.operations().forEach(probes::paths));
    }

    @Test
    public void anothersIdInAQueryIsLikeNone() throws Exception {
        unharmed(probes -> api.operations().forEach(probes::queries));
    }

    @Test
    public void anothersIdInABodyIsLikeNone() throws Exception {
        unharmed(probes -> api.operations().forEach(probes::bodies));
    }

    @Test
    public void anothersCursorShowsNothingOfIts() throws Exception {
        unharmed(probes -> api.operations().forEach(probes::cursors));
    }

    @Test
    public void whatOneReadsOfOnesOwnShowsNothingOfAnothers() throws Exception {
        unharmed(probes -> api.operations().forEach(probes::reads));
    }

    @Test
    public void anothersTenantIsNotToBeChosen() throws Exception {
        unharmed(probes -> {
            if (probes.fromOutside()) {
                api.operations().forEach(probes::headers);
                for (Operation operation : api.operations()) {
                    probes.hosts(platform.port(), operation);
                }
            }
        });
    }

    @Test
    public void nobodyIsLetIn() throws Exception {
        TableStates before = TableStates.of(platform);
        int tried = 0;
        for (Operation operation : api.operations()) {
            if (operation.permission().equals("anonymous")) {
                continue;
            }
            String path = Places.path(operation, Places.values(operation, world.left.customers.get(0)));
            JsonNode body = operation.bodies().isEmpty() ? null : Forms.of(operation, world.left.customers.get(0));
            for (Http nobody : List.of(
                    platform.anybody(),
                    platform.anybody().with("Bursar-Tenant", world.left.id("slug")),
                    platform.anybody().bearer("bsk_" + "0".repeat(68)),
                    platform.anybody().with("Authorization", "Basic YWRtaW46YWRtaW4="),
                    platform.anybody().with("Cookie", "session=" + world.left.id("tenant")))) {
                nobody.send(operation.method(), path, operation.contentType(), body == null ? null : body.toString())
                        .refuses(401, "unauthenticated");
                tried++;
            }
        }
        assertEquals(List.of(), TableStates.of(platform).changedSince(before));
        Scorecard.add(Figure.PROBES, tried, 0);
    }

    /** Somebody else's password opens nothing in a tenant where he is not. */
    @Test
    public void aPasswordOfAnotherTenantOpensNothing() {
        String email = world.right.customers.get(0).id("admin-email");
        String credentials = "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, Forms.OTHER_PASSWORD);
        platform.anybody()
                .with("Bursar-Tenant", world.left.id("slug"))
                .post("/api/v1/sessions", credentials)
                .refuses(401, "bad_credentials");
        platform.anybody()
                .with("Bursar-Tenant", world.right.id("slug"))
                .post("/api/v1/sessions", credentials)
                .is(201);
    }

    @Test
    public void noMailAndNoLogHasAnothersText() throws Exception {
        Set<String> secrets = world.left.allSecrets();
        JsonNode mails = new ObjectMapper()
                .readTree(platform.command("mail:list", world.right.id("slug"), "--limit", "200", "--json")
                        .text())
                .path("items");
        assertTrue("the tenant has mails", mails.size() >= 4);
        StringBuilder shown = new StringBuilder();
        for (JsonNode mail : mails) {
            if (shown.length() < 4_000) {
                shown.append(platform.command(
                                "mail:show",
                                world.right.id("slug"),
                                mail.path("id").asText())
                        .text());
            }
        }
        assertTrue(
                "the mails can be read: " + shown,
                world.right.allSecrets().stream().anyMatch(own -> shown.indexOf(own) >= 0));
        Set<String> found = Probes.found(secrets, shown + mails.toString());
        assertEquals(Set.of(), found);
        Scorecard.add(Figure.CANARIES, mails.size(), found.size());
        String log = platform.log();
        assertTrue("requests are logged", log.contains(" GET /api/v1/customers "));
        for (Owner owner : List.of(world.left, world.right)) {
            Set<String> canaries = owner.allSecrets();
            // ids and hosts are in paths, and a request's line is for the operator alone
            canaries.removeIf(secret -> secret.contains("_")
                    || List.of(owner.canary("domain"), owner.canary("slug")).contains(secret));
            assertEquals(Set.of(), Probes.found(canaries, log));
        }
    }

    /** Clients that go in the middle of a request leave nothing of theirs to whom the connection serves next. */
    @Test
    public void abortedRequestsLeaveNothingBehind() throws Exception {
        Aborts aborts = new Aborts(platform, world);
        aborts.run(Soak.count(200, 5_000));
        Scorecard.add(Figure.PROBES, aborts.answers(), aborts.leaks().size());
        assertEquals(List.of(), aborts.leaks());
        assertTrue("only " + aborts.answers() + " answers", aborts.answers() > 100);
        for (int patience = 0; ; patience++) {
            List<String> open =
                    platform.query("select query from pg_stat_activity where state like 'idle in transaction%'");
            if (open.isEmpty()) {
                return;
            }
            assertNotEquals("transactions stay open: " + open, 100, patience);
            Thread.sleep(100);
        }
    }

    /** Every page as every role, on its own host and on another's, with ids of its own and of others. */
    @Test
    public void everyPageAsEveryRole() throws Exception {
        List<PageRoutes.Route> routes = PageRoutes.all();
        Owner own = world.left;
        Owner other = world.right;
        Owner head = own.customers.get(0);
        Owner neighbour = own.customers.get(2);
        String console = "127.0.0.1";
        String ownHost = own.id("slug") + ".localhost";
        String otherHost = other.id("slug") + ".localhost";
        String admin = PageWalk.cookie(platform.admin());
        String owner = PageWalk.cookie(own.callers.get("owner"));
        String customer = PageWalk.cookie(head.callers.get("admin"));
        List<PageWalk> walks = new ArrayList<>();
        for (List<String> visitor : List.of(
                List.of("platform admin", console, admin),
                List.of("platform admin inside", console, admin + "; acting=" + own.id("tenant")),
                List.of("owner", console, owner),
                List.of("owner who says to act in the other", console, owner + "; acting=" + other.id("tenant")),
                List.of("staff", console, PageWalk.cookie(own.callers.get("staff"))),
                List.of("customer admin", ownHost, customer),
                List.of("member", ownHost, PageWalk.cookie(head.callers.get("member"))),
                List.of("disabled member", ownHost, disabled(own, head)),
                List.of("customer admin on the console", console, customer),
                List.of("customer admin on the other's host", otherHost, customer),
                List.of("owner on the other's host", otherHost, owner),
                List.of("nobody", console, ""),
                List.of("nobody on the host", ownHost, ""))) {
            walks.add(new PageWalk(platform.port(), visitor.get(0), visitor.get(1), visitor.get(2)));
        }
        Set<String> brand = Probes.found(
                other.allSecrets(),
                new PageWalk(platform.port(), "anybody", otherHost, "")
                        .get("/login")
                        .text());
        TableStates before = TableStates.of(platform, other.id("slug"));
        int tried = 0;
        List<String> faults = new ArrayList<>();
        for (PageWalk walk : walks) {
            boolean all = walk.toString().equals("platform admin");
            // who administers the platform sees all agencies from outside of each
            List<PageRoutes.Route> pages = walk.toString().equals("platform admin inside")
                    ? routes.stream()
                            .filter(route -> !route.path().contains("/agencies"))
                            .toList()
                    : routes;
            Set<String> secrets = new TreeSet<>(all ? Set.of() : other.allSecrets());
            boolean astray =
                    walk.toString().contains(" on the ") || walk.toString().equals("nobody");
            if (astray) {
                // the brand of a host is for everybody who comes to it
                secrets.removeAll(brand);
            }
            Map<PageRoutes.Route, Integer> answered = walk.own(pages, head, secrets);
            if (walk.toString().equals("owner")) {
                // the control: who owns it all sees every page of the console that has something to show
                answered.entrySet().stream()
                        .filter(entry -> !entry.getKey().side().equals("PORTAL"))
                        .filter(entry -> entry.getValue() != 200
                                && !NOT_FOR_OWNERS.contains(entry.getKey().path()))
                        .forEach(entry -> faults.add("the owner: " + entry.getKey() + " answered " + entry.getValue()));
            }
            if (astray) {
                answered.entrySet().stream()
                        .filter(entry ->
                                !entry.getKey().anonymous() && !Set.of(303, 404).contains(entry.getValue()))
                        .forEach(entry -> faults.add(walk + ": " + entry.getKey() + " answered " + entry.getValue()));
            }
            if (!all) {
                walk.foreign(pages, other.customers.get(0), secrets);
                walk.tampered(pages, other.customers.get(0), secrets);
            }
            if (List.of("customer admin", "member", "disabled member").contains(walk.toString())) {
                walk.foreign(pages, neighbour, neighbour.secrets());
            }
            if (List.of("owner", "customer admin", "nobody").contains(walk.toString())) {
                walk.forged(routes, other.customers.get(0));
            }
            tried += walk.tried();
            faults.addAll(walk.faults());
        }
        faults.addAll(TableStates.of(platform, other.id("slug")).changedSince(before));
        Scorecard.add(Figure.PROBES, tried, faults.size());
        assertEquals(tried + " pages", "", String.join("\n", faults));
        assertTrue("only " + tried, tried > 1_200);
    }

    /** A member who was disabled after signing in. */
    private static String disabled(Owner tenant, Owner customer) {
        Http owner = tenant.callers.get("owner");
        String email = "gone@" + customer.canary("gone") + ".example";
        String user = owner.post("/api/v1/users", """
                        {"customer": "%s", "role": "member", "access": "full", "firstName": "Gone", "lastName": "Away",
                         "email": "%s", "password": "%s"}""".formatted(customer.id("customer"), email, Forms.PASSWORD))
                .is(201)
                .at("/id");
        Http host = platform.anybody().with("Bursar-Tenant", tenant.id("slug"));
        String credentials = "{\"email\": \"%s\", \"password\": \"%s\"}";
        Http first = platform.anybody()
                .bearer(host.post("/api/v1/sessions", credentials.formatted(email, Forms.PASSWORD))
                        .is(201)
                        .at("/token"));
        first.post(
                        "/api/v1/me/password",
                        "{\"current\": \"%s\", \"new\": \"%s\"}".formatted(Forms.PASSWORD, Forms.OTHER_PASSWORD))
                .is(204);
        owner.post("/api/v1/users/" + user + "/disable", "{}").is(200);
        return PageWalk.cookie(platform.anybody()
                .bearer(host.post("/api/v1/sessions", credentials.formatted(email, Forms.OTHER_PASSWORD))
                        .is(201)
                        .at("/token")));
    }

    /** The probes themselves find what is there: the victim's own callers see what strangers do not. */
    @Test
    public void theOwnersThemselvesAreAnswered() {
        Owner head = world.left.customers.get(0);
        int answered = 0;
        for (Operation operation : api.operations()) {
            if (operation.reads()
                    && !Places.kinds(operation).isEmpty()
                    // a session is its user's, whoever owns the customer
                    && !operation.path().startsWith("/sessions")
                    && !operation.permission().equals("platform")
                    && !operation.permission().equals("anonymous")) {
                Answer answer =
                        world.left.callers.get("owner").get(Places.path(operation, Places.values(operation, head)));
                // what is not the tenant's but the platform's, or not for people, is answered otherwise
                assertEquals(operation + " answered " + answer.text(), 200, answer.status());
                answered++;
            }
        }
        assertTrue("only " + answered, answered > 25);
        String seen = head.callers.get("key").get("/api/v1/customers").is(200).text();
        assertFalse(Probes.found(head.secrets(), seen).isEmpty());
    }
}

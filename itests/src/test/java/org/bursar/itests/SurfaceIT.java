package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** Where the platform can be reached, by whom, and what it says to strangers. */
public class SurfaceIT {
    private static final int MOST = 1 << 20;

    private static Platform platform;
    private static KeyPair operator;
    private static KeyPair stranger;

    @BeforeClass
    public static void start() throws Exception {
        platform = Platform.withAdmin("surface").start();
        operator = Shell.key(platform.data().resolve("secrets").resolve("operator.key"));
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2_048);
        stranger = keys.generateKeyPair();
    }

    @AfterClass
    public static void stop() throws Exception {
        platform.close();
    }

    @Test
    public void threeSocketsListenAllOnTheLoopbackInterface() throws Exception {
        Set<String> platforms = Sockets.listening(platform.jvm().pid());
        assertEquals(Set.of("127.0.0.1:" + platform.port(), "127.0.0.1:" + platform.sshPort()), platforms);
        URI database = URI.create(platform.jdbcUrl().substring("jdbc:".length()));
        assertEquals(
                Set.of("127.0.0.1:" + database.getPort()),
                Sockets.listening(platform.postgres().pid()));
        assertEquals(Set.of(), Sockets.datagrams(platform.jvm().pid()));
        Scorecard.add(Figure.OPEN_SOCKETS, platforms.size() + 1L, 0);
        List<ProcessHandle> others = platform.process()
                .descendants()
                .filter(process -> process.pid() != platform.jvm().pid())
                .toList();
        for (ProcessHandle other : others) {
            Set<String> addresses = new HashSet<>(Sockets.listening(other.pid()));
            addresses.remove("127.0.0.1:" + database.getPort());
            assertEquals(other.info().commandLine().orElse(""), Set.of(), addresses);
        }
    }

    @Test
    public void theShellTakesTheOperatorsKeyAndNothingElse() throws Exception {
        int port = platform.sshPort();
        try (Shell shell = Shell.withKey(port, "operator", operator)) {
            assertEquals("here", shell.run("shell:echo here").strip());
        }
        assertThrows(SshException.class, () -> Shell.withKey(port, "operator", stranger));
        for (String user : List.of("operator", "karaf", "admin")) {
            assertThrows(user, SshException.class, () -> Shell.withKey(port, user, stranger));
            assertThrows(user, SshException.class, () -> Shell.withNothing(port, user));
            for (String password : List.of("karaf", "admin", "operator", Platform.ADMIN_PASSWORD)) {
                assertThrows(user + "/" + password, SshException.class, () -> Shell.withPassword(port, user, password));
            }
        }
        assertThrows("a group is no user", SshException.class, () -> Shell.withKey(port, "_g_:admingroup", operator));
        assertThrows("another's name", SshException.class, () -> Shell.withKey(port, "karaf", operator));
    }

    /** Somebody may sign in but has none of the roles: no command of ours or of Karaf's is there for him. */
    @Test
    public void everyCommandNeedsARole() throws Exception {
        Path keys = platform.data().resolve("karaf").resolve("etc").resolve("keys.properties");
        String former = Files.readString(keys);
        String line = PublicKeyEntry.toString(stranger.getPublic()).split(" ")[1];
        Files.writeString(keys, former + "guest = " + line + ",ssh\n");
        try {
            String roles = asOperator("system:property karaf.secured.command.compulsory.roles");
            assertTrue("what no list mentions needs the role, too: " + roles, roles.contains("admin"));
            Set<String> commands = commands();
            assertTrue(
                    commands.toString(), commands.containsAll(List.of("wallet:adjust", "tenant:list", "bundle:stop")));
            assertTrue("only " + commands.size(), commands.size() > 60);
            List<String> open = new ArrayList<>();
            for (String command : some(commands)) {
                // whoever is refused is also disconnected
                try (Shell guest = guest()) {
                    String answer = guest.run(command + " --help");
                    if (!answer.contains("not found") && !answer.contains("Insufficient credentials")) {
                        open.add(command + ": " + answer.lines().findFirst().orElse(""));
                    }
                }
            }
            assertEquals("commands without a role", List.of(), open);
            // that it is the role and not the asking
            for (String command : List.of("wallet:adjust", "tenant:list", "bundle:stop")) {
                String answer = asOperator(command + " --help");
                assertTrue(command + ": " + answer, answer.contains("DESCRIPTION") || answer.contains("SYNTAX"));
            }
        } finally {
            Files.writeString(keys, former);
        }
    }

    /** One of each scope, and in the soak all. */
    private static List<String> some(Set<String> commands) {
        Map<String, String> ofScope = new TreeMap<>();
        commands.forEach(command -> ofScope.putIfAbsent(command.substring(0, command.indexOf(':')), command));
        List<String> some = new ArrayList<>(ofScope.values());
        int all = Soak.count(some.size(), commands.size());
        return all == commands.size() ? List.copyOf(commands) : some;
    }

    /** The file is read again when it has changed, which takes a moment. */
    private static Shell guest() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                return Shell.withKey(platform.sshPort(), "guest", stranger);
            } catch (SshException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(500);
            }
        }
    }

    /** In a session of its own: the shell ends it after a command. */
    private static String asOperator(String command) throws Exception {
        try (Shell shell = Shell.withKey(platform.sshPort(), "operator", operator)) {
            return shell.run(command);
        }
    }

    private static Set<String> commands() throws Exception {
        Set<String> commands = new TreeSet<>();
        asOperator("each $.commands { shell:echo $it }")
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("[a-z-]+:[a-z-]+"))
                .forEach(commands::add);
        return commands;
    }

    @Test
    public void whatWouldOpenFurtherDoorsIsNotInstalled() throws Exception {
        String installed =
                platform.command("feature:list", "--installed", "--no-format").text();
        Set<String> names = new TreeSet<>();
        installed.lines().map(line -> line.strip().split("\\s")[0]).forEach(names::add);
        assertTrue(installed, names.contains("bursar") && names.contains("ssh"));
        for (String left :
                List.of("deployer", "kar", "management", "instance", "http", "webconsole", "jolokia", "wrap")) {
            assertFalse(left + " is installed", names.contains(left));
        }
        String commands = platform.command("help").text();
        for (String scope : List.of("instance:", "kar:", "jmx:")) {
            assertFalse(scope, commands.contains(scope));
        }
    }

    @Test
    public void theServerSaysNothingOfItself() throws Exception {
        List<String> asked = List.of(
                "GET / HTTP/1.1",
                "GET /api/v1/ HTTP/1.1",
                "GET /api/v1/customers HTTP/1.1",
                "GET /META-INF/openapi.json HTTP/1.1",
                "GET /api/v1/%2e%2e/%2e%2e/etc/passwd HTTP/1.1",
                "GET /api/v1/customers/%2F HTTP/1.1",
                "GET /%00 HTTP/1.1",
                "GET /health/ HTTP/1.1",
                "POST /health/live HTTP/1.1",
                "TRACE /api/v1/customers HTTP/1.1",
                "TRACE / HTTP/1.1",
                "OPTIONS /api/v1/customers HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "PUT /metrics HTTP/1.1",
                "PROPFIND /api/v1/customers HTTP/1.1",
                "GET /system/console HTTP/1.1",
                "GET /jolokia HTTP/1.1",
                "garbage");
        List<String> wrong = new ArrayList<>();
        for (String line : asked) {
            String answer = raw(line + "\r\nHost: 127.0.0.1:" + platform.port() + "\r\nX-Canary: canary-4711\r\n"
                    + "Content-Length: 0\r\nConnection: close\r\n\r\n");
            String lower = answer.toLowerCase(Locale.ROOT);
            // at the root people are sent to sign in, and read pages
            boolean page = line.contains(" / ");
            boolean answered = answer.matches("(?s)HTTP/1.1 " + (page ? "(303|4\\d\\d)" : "[45]\\d\\d") + " .*");
            boolean talks = lower.contains("\nserver:")
                    || lower.contains("x-powered-by")
                    || lower.contains("jetty")
                    || lower.contains("jersey")
                    || lower.contains("felix")
                    || lower.contains("\tat ")
                    || lower.contains("exception")
                    || lower.contains("canary-4711")
                    || !page && lower.contains("<html");
            if (!answered || talks) {
                wrong.add(line + " -> " + answer.replace("\r\n", " | "));
            }
        }
        assertEquals(String.join("\n", wrong), List.of(), wrong);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", platform.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = socket.getInputStream().readNBytes(MOST);
            return new String(answer, StandardCharsets.UTF_8);
        }
    }

    @Test
    public void answersAreNotSniffedAndNotKept() {
        for (Http.Answer answer : List.of(
                platform.admin().get("/api/v1/tenants").is(200),
                platform.anybody().get("/api/v1/tenants").refuses(401, "unauthenticated"),
                platform.admin().get("/metrics").is(200),
                platform.anybody().get("/metrics").refuses(401, "unauthenticated"),
                platform.anybody().get("/health/ready").is(200),
                platform.anybody().get("/nowhere").refuses(404, "not_found"))) {
            assertEquals(answer.request(), "nosniff", answer.header("X-Content-Type-Options"));
            assertEquals(answer.request(), "no-store", answer.header("Cache-Control"));
        }
    }

    @Test
    public void tokensInPathsAndHeadersAreNotInTheLog() throws Exception {
        String token = "whk_" + "s3cr3t".repeat(12);
        platform.anybody().get("/api/v1/one-time-links/" + token);
        platform.anybody().get("/hooks/" + token + "/x?token=" + token);
        platform.anybody().bearer("bsk_" + token).get("/api/v1/tenants");
        platform.anybody().with("Authorization", "Basic " + token).get("/metrics");
        String log = platform.log();
        assertFalse(log.contains("s3cr3t"));
        assertTrue("the requests themselves are", log.contains("GET /api/v1/one-time-links/… "));
        assertFalse(log.contains(Platform.ADMIN_PASSWORD));
    }

    @Test
    public void figuresAreForThePlatformAlone() throws Exception {
        Http admin = platform.admin();
        admin.post("/api/v1/tenants", Bodies.tenant("lookout", "Lookout", "lena@lookout.example"))
                .is(201);
        String key = admin.post("/api/v1/api-keys", "{\"name\": \"prometheus\", \"permissions\": [\"metrics:read\"]}")
                .is(201)
                .at("/key");
        String other = admin.post("/api/v1/api-keys", "{\"name\": \"other\", \"permissions\": [\"tenants:read\"]}")
                .is(201)
                .at("/key");
        String tenants = admin.with("Bursar-Tenant", "lookout")
                .post("/api/v1/api-keys", "{\"name\": \"all\", \"permissions\": [\"*\"]}")
                .is(201)
                .at("/key");
        platform.anybody().get("/metrics").refuses(401, "unauthenticated");
        platform.anybody().bearer("bsk_nonsense").get("/metrics").refuses(401, "unauthenticated");
        platform.anybody().bearer(other).get("/metrics").refuses(403, "forbidden");
        platform.anybody().bearer(tenants).get("/metrics").refuses(403, "forbidden");
        platform.anybody().bearer(key).post("/metrics", "{}").refuses(405, "method_not_allowed");

        platform.anybody().bearer(tenants).get("/api/v1/customers").is(200);
        // the first runs of jobs and the first look at the ledger follow the start
        Http scraper = platform.anybody().bearer(key);
        Callers.await(
                () -> {
                    String seen = scraper.get("/metrics").text();
                    return seen.contains("job=\"hold-expiry\"") && seen.contains("figures_up{source=\"ledger\"} 1.0");
                },
                "figures of the first jobs");
        String text = scraper.get("/metrics").is(200).text();
        for (String figure : List.of(
                "bursar_http_requests_seconds_count{operation=\"GET /customers\",status=\"2xx\"}",
                "bursar_http_requests_seconds_bucket{operation=\"GET /customers\",status=\"2xx\",le=\"0.3\"}",
                "bursar_http_requests_in_flight 1.0",
                "bursar_job_runs_total{job=\"hold-expiry\"}",
                "bursar_gateway_present{gateway=\"bank-deposit\"",
                "bursar_mail_queued ",
                "bursar_database_up 1.0",
                "bursar_database_connections_most{lane=",
                "bursar_figures_up{source=\"ledger\"} 1.0",
                "jvm_memory_used_bytes{",
                "jvm_threads_live_threads ",
                "jvm_gc_")) {
            assertTrue(figure + " is missing in\n" + text, text.contains(figure));
        }
        assertFalse("no tenant in the figures", text.contains("lookout") || text.contains("ten_"));
    }

    @Test
    public void manyPathsMakeNoMoreFigures() {
        Http admin = platform.admin();
        long before = admin.get("/metrics").is(200).text().lines().count();
        for (int i = 0; i < 200; i++) {
            platform.anybody().get("/nowhere/" + i);
            platform.anybody().get("/api/v1/customers/cus_" + i);
            platform.anybody().get("/api/v1/none-" + i);
        }
        long after = admin.get("/metrics").is(200).text().lines().count();
        assertTrue(before + " lines became " + after, after - before < 200);
    }

    @Test
    public void readinessNamesWhatIsMissingAndLivenessDoesNotCare() throws Exception {
        String bundle = "org.bursar.chat-history";
        platform.command("bundle:stop", bundle).text();
        try {
            JsonNode ready = platform.anybody().get("/health/ready").is(503).json();
            assertTrue(ready.toString(), ready.at("/problems").toString().contains("chat-history"));
            assertEquals("not_ready", ready.at("/status").asText());
            platform.anybody().get("/health/live").is(200);
            leaksNothing(ready.toString());
        } finally {
            platform.command("bundle:start", bundle).text();
        }
        await("/health/ready", 200, "\"ready\"");

        signal("-STOP");
        try {
            Http.Answer away = await("/health/ready", 503, "database");
            platform.anybody().get("/health/live").is(200);
            leaksNothing(away.text());
        } finally {
            signal("-CONT");
        }
        await("/health/ready", 200, "\"ready\"");
    }

    private static void leaksNothing(String text) {
        for (String secret : Arrays.asList(
                platform.data().toString(),
                Platform.ADMIN,
                Platform.ADMIN_PASSWORD,
                "jdbc:",
                "password",
                "bursar_app")) {
            assertFalse(secret + " in " + text, text.contains(secret));
        }
    }

    private static void signal(String signal) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        ProcessHandle postmaster = platform.postgres();
        postmaster.descendants().forEach(process -> command.add(Long.toString(process.pid())));
        command.add(Long.toString(postmaster.pid()));
        assertEquals(0, new ProcessBuilder(command).start().waitFor());
    }

    private static Http.Answer await(String path, int status, String part) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        Http.Answer answer = platform.anybody().get(path);
        while ((answer.status() != status || !answer.text().contains(part)) && System.nanoTime() < end) {
            Thread.sleep(200);
            answer = platform.anybody().get(path);
        }
        assertEquals(answer.text(), status, answer.status());
        assertTrue(answer.text(), answer.text().contains(part));
        return answer;
    }
}

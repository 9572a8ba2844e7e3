package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Garbage in every configuration file that there is, key by key: what was good before stays, and what is bad is named. */
public class ConfigurationIT {
    private static final String SETTING = "urn:bursar:setting:1";
    private static final String CANARY = "hunter2garbage";

    private Platform platform;
    private Map<String, List<Key>> pids;

    /** A key as its bundle declares it. */
    private record Key(String name, String type, String most, String kind, boolean needed) {
        boolean number() {
            return type.equals("Integer") || type.equals("Long");
        }

        /** What cannot be meant; a text that may be anything can only be unprintable. */
        String garbage() {
            return number() || !(kind.equals("TEXT") || kind.isEmpty()) ? CANARY + "!" : CANARY + "\\u0001";
        }

        String tooMuch() {
            return number() ? most.isEmpty() ? "99999999999999999999" : most + "0" : garbage();
        }
    }

    @Before
    public void unpack() throws Exception {
        platform = Platform.withAdmin("configuration");
        pids = declared();
    }

    @After
    public void leaveNothingRunning() throws Exception {
        platform.close();
    }

    /** From the jars of the distribution, so that no bundle can be forgotten here. */
    private Map<String, List<Key>> declared() throws Exception {
        Map<String, List<Key>> declared = new TreeMap<>();
        try (Stream<Path> jars =
                Files.walk(platform.home().resolve("system").resolve("org").resolve("bursar"))) {
            for (Path jar :
                    jars.filter(path -> path.toString().endsWith(".jar")).toList()) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    for (var entry : file.stream()
                            .filter(one -> one.getName().startsWith("OSGI-INF/metatype/")
                                    && one.getName().endsWith(".xml"))
                            .toList()) {
                        try (InputStream xml = file.getInputStream(entry)) {
                            read(xml, declared);
                        }
                    }
                }
            }
        }
        return declared;
    }

    private static void read(InputStream xml, Map<String, List<Key>> declared) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(xml);
        String pid = ((Element) document.getElementsByTagName("Designate").item(0)).getAttribute("pid");
        NodeList keys = document.getElementsByTagName("AD");
        for (int i = 0; i < keys.getLength(); i++) {
            Element key = (Element) keys.item(i);
            declared.computeIfAbsent(pid, name -> new ArrayList<>())
                    .add(new Key(
                            key.getAttribute("id"),
                            key.getAttribute("type"),
                            key.getAttribute("max"),
                            key.getAttributeNS(SETTING, "kind"),
                            key.getAttributeNS(SETTING, "needed").equals("true")));
        }
    }

    @Test
    public void everyKeySaysWhatItTakes() throws Exception {
        assertTrue(pids.keySet().toString(), pids.size() >= 10);
        List<String> vague = new ArrayList<>();
        pids.forEach((pid, keys) -> keys.forEach(key -> {
            boolean bounded = key.number()
                    ? !key.most().isEmpty()
                    : !key.kind().isEmpty() || key.type().equals("Boolean");
            if (!bounded) {
                vague.add(pid + ": " + key.name());
            }
        }));
        assertEquals("numbers without bounds and texts without a kind", List.of(), vague);
        Set<String> shipped = new TreeSet<>();
        try (Stream<Path> files = Files.list(platform.home().resolve("etc"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("org.bursar.") && name.endsWith(".cfg"))
                    .forEach(name -> shipped.add(name.substring(0, name.length() - ".cfg".length())));
        }
        assertTrue("no file is nobody's: " + shipped, pids.keySet().containsAll(shipped));
    }

    @Test
    public void garbageChangesNothingAndIsNamedUntilItIsMended() throws Exception {
        // what has no file of its own gets one, so that there is something to spoil
        platform.start();
        Map<String, String> good = new LinkedHashMap<>();
        for (String pid : pids.keySet()) {
            Path file = platform.configuration(pid);
            good.put(pid, Files.exists(file) ? Files.readString(file) : "# the usual values\n");
        }
        good.merge("org.bursar.rest", "body.limit.bytes = 2048\n", String::concat);
        good.merge("org.bursar.metering", "late.days = 21\n", String::concat);
        write(good);
        awaitWarnings(Set.of());
        awaitLimit();
        String before = configurations();
        assertTrue(before, before.contains("late.days = 21"));

        spoil(good, (key, pid) -> key.name() + " = " + key.garbage() + "\n");
        spoil(good, (key, pid) -> key.name() + " = " + (key.number() ? "-7" : key.garbage()) + "\n");
        spoil(good, (key, pid) -> key.name() + " = " + key.tooMuch() + "\n");
        spoilFiles(good, pid -> good.get(pid).strip().getBytes(StandardCharsets.UTF_8));
        spoilFiles(good, pid -> new byte[0]);
        spoilFiles(good, pid -> new byte[] {(byte) 0xfe, (byte) 0xff, 0, 1, 2, 3, (byte) 0xc3, '\n'});
        unknownKeys(good);
        folders(good);

        assertEquals("what was good is still in force", before, configurations());
        stillWorks();
        assertFalse("what was written is not repeated", platform.log().contains(CANARY));
        assertFalse(
                "no component was lost",
                platform.anybody().get("/health/ready").is(200).text().contains("not_ready"));
    }

    /** Every key of every file at once. */
    private void spoil(Map<String, String> good, BiFunction<Key, String, String> garbage) throws Exception {
        Map<String, String> bad = new LinkedHashMap<>();
        Set<String> expected = new TreeSet<>();
        pids.forEach((pid, keys) -> {
            Map<String, String> lines = new LinkedHashMap<>();
            keys.forEach(key -> {
                lines.put(key.name(), garbage.apply(key, pid));
                expected.add(pid + ": " + key.name() + " must be");
            });
            bad.put(pid, String.join("", lines.values()));
        });
        write(bad);
        awaitWarnings(expected);
        stillWorks();
        for (String warning : warnings()) {
            assertFalse(warning, warning.contains(CANARY));
        }
        write(good);
        awaitWarnings(Set.of());
    }

    private void spoilFiles(Map<String, String> good, java.util.function.Function<String, byte[]> content)
            throws Exception {
        Set<String> expected = new TreeSet<>();
        for (String pid : pids.keySet()) {
            Files.write(platform.configuration(pid), content.apply(pid));
            expected.add(pid + ".cfg ");
        }
        awaitWarnings(expected);
        stillWorks();
        write(good);
        awaitWarnings(Set.of());
    }

    private void unknownKeys(Map<String, String> good) throws Exception {
        Map<String, String> bad = new LinkedHashMap<>();
        Set<String> expected = new TreeSet<>();
        good.forEach((pid, text) -> {
            bad.put(pid, text + "no.such.key = " + CANARY + "\n");
            expected.add(pid + ": there is no key no.such.key");
        });
        write(bad);
        awaitWarnings(expected);
        stillWorks();
        write(good);
        awaitWarnings(Set.of());
    }

    /** Root reads what it may not, so a file that cannot be read is a folder here. */
    private void folders(Map<String, String> good) throws Exception {
        Set<String> expected = new TreeSet<>();
        for (String pid : pids.keySet()) {
            Files.delete(platform.configuration(pid));
            Files.createDirectory(platform.configuration(pid));
            expected.add(pid + ".cfg is no file");
        }
        awaitWarnings(expected);
        stillWorks();
        for (String pid : pids.keySet()) {
            Files.delete(platform.configuration(pid));
        }
        write(good);
        awaitWarnings(Set.of());
    }

    private void write(Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Files.writeString(platform.configuration(text.getKey()), text.getValue());
        }
    }

    private List<String> warnings() {
        JsonNode ready = platform.anybody().get("/health/ready").is(200).json();
        List<String> warnings = new ArrayList<>();
        ready.path("warnings").forEach(warning -> warnings.add(warning.asText()));
        return warnings;
    }

    /** Waits until each of these is said, or, for none, until nothing is. */
    private void awaitWarnings(Set<String> expected) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            List<String> warnings = warnings();
            List<String> missing = expected.stream()
                    .filter(part -> warnings.stream().noneMatch(line -> line.contains(part)))
                    .toList();
            if (expected.isEmpty() ? warnings.isEmpty() : missing.isEmpty()) {
                return;
            }
            assertTrue("not said: " + missing + "\nbut: " + warnings, System.nanoTime() < end);
            Thread.sleep(200);
        }
    }

    /** The values that components have, by the container's own word. */
    private String configurations() throws Exception {
        StringBuilder values = new StringBuilder();
        for (String pid : pids.keySet()) {
            values.append(pid).append('\n');
            platform.command("config:property-list", "--pid", pid)
                    .text()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.startsWith("service.pid"))
                    .sorted(Comparator.naturalOrder())
                    .forEach(line -> values.append("  ").append(line).append('\n'));
        }
        return values.toString();
    }

    private void stillWorks() {
        Http admin = platform.admin();
        admin.get("/api/v1/tenants").is(200);
        String large = "{\"name\": \"" + "x".repeat(3_000) + "\"}";
        admin.post("/api/v1/tenants", large).refuses(413, "too_large");
    }

    private void awaitLimit() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String large = "{\"name\": \"" + "x".repeat(3_000) + "\"}";
        Http admin = platform.admin();
        while (admin.post("/api/v1/tenants", large).status() != 413) {
            assertTrue("a good value does not apply", System.nanoTime() < end);
            Thread.sleep(200);
        }
    }

    @Test
    public void garbageAtTheStartIsNamedAndWhatNeedsItWaits() throws Exception {
        // the first start takes its files over from here
        Path etc = platform.home().resolve("etc");
        Path mail = etc.resolve("org.bursar.mail.cfg");
        Path database = etc.resolve("org.bursar.database.cfg");
        String goodMail = Files.readString(mail);
        String goodDatabase = Files.readString(database);
        Files.writeString(mail, "smtp.url = " + CANARY + "\n");
        Files.writeString(database, goodDatabase.replaceAll("(?m)^url =.*$", "url = " + CANARY) + "pool.size = many\n");
        Process script = platform.begin();
        Http.Answer said = awaitReady(503, "org.bursar.database: url must be an address such as jdbc:postgresql:");
        assertTrue(said.text(), said.text().contains("org.bursar.mail: smtp.url must be an address such as smtp:"));
        assertFalse(said.text(), said.text().contains(CANARY));
        platform.anybody().get("/health/live").is(200);

        Files.writeString(platform.configuration("org.bursar.database"), goodDatabase + "pool.size = many\n");
        Files.writeString(platform.configuration("org.bursar.mail"), goodMail);
        said = awaitReady(200, "org.bursar.database: pool.size must be a whole number");
        assertTrue(
                "a usual value there is, and it says so: " + said.text(),
                said.text().contains("the usual value holds"));
        Files.writeString(platform.configuration("org.bursar.database"), goodDatabase);
        // a new pool: for a moment the platform is not ready
        awaitReady(200, text -> !text.contains("warnings"), "nothing to warn of");
        assertTrue(script.isAlive());
        platform.admin().get("/api/v1/tenants").is(200);
    }

    private Http.Answer awaitReady(int status, String part) throws Exception {
        return awaitReady(status, text -> text.contains(part), part);
    }

    private Http.Answer awaitReady(int status, Predicate<String> said, String what) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Platform.PATIENCE_SECONDS);
        String last = "";
        while (System.nanoTime() < end) {
            try {
                Http.Answer answer = platform.anybody().get("/health/ready");
                last = answer.text();
                if (said.test(last) && answer.status() == status) {
                    return answer;
                }
            } catch (java.io.UncheckedIOException e) {
                last = e.toString();
            }
            Thread.sleep(300);
        }
        throw new AssertionError(what + " was not said, but: " + last);
    }

    @Test
    public void theRunScriptRefusesVariablesThatCannotBeMeant() throws Exception {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("BURSAR_PORT", "abc");
        bad.put("BURSAR_SSH_PORT", "70000");
        bad.put("BURSAR_URL", "console.example.com");
        bad.put("BURSAR_DATABASE_URL", "mysql://" + CANARY);
        bad.put("BURSAR_SMTP_URL", CANARY);
        bad.put("BURSAR_ADMIN_EMAIL", "admin");
        bad.put("BURSAR_KEY_FILE", "/no/such/file");
        for (Map.Entry<String, String> variable : bad.entrySet()) {
            Platform spoilt = platform.beside("never").with(variable.getKey(), variable.getValue());
            Platform.Result run = spoilt.run(List.of(spoilt.script("run")));
            assertEquals(run.output(), 2, run.status());
            assertTrue(run.output(), run.output().startsWith("bursar: " + variable.getKey() + " "));
            assertFalse(run.output(), run.output().contains(CANARY));
            assertFalse("nothing was begun", Files.exists(spoilt.data()));
        }
    }
}

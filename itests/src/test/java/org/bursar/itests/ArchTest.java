package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.Test;

/** The arrows between the bundles: which may know which, and what stays behind which wall. */
public final class ArchTest {
    private static final Set<String> PLATFORM = Set.of("kernel", "database", "shell", "rest", "jobs", "mail");

    /** What a bundle may know, besides itself and the JDK. A bundle that is missing here may know nothing. */
    private static final Map<String, Set<String>> ARROWS = arrows();

    private static Map<String, JavaClasses> bundles;
    private static Map<String, String> bundleOf;

    private static Map<String, Set<String>> arrows() {
        Map<String, Set<String>> arrows = new HashMap<>();
        arrows.put("kernel", Set.of());
        arrows.put("payments-spi", Set.of());
        arrows.put("web-spi", Set.of());
        arrows.put("ledger-verifier", Set.of());
        arrows.put("database", Set.of("kernel"));
        arrows.put("shell", Set.of("kernel"));
        arrows.put("configuration", Set.of("kernel"));
        for (String bundle : List.of("rest", "jobs", "mail", "database-embedded")) {
            arrows.put(bundle, Set.of("kernel", "database", "shell"));
        }
        // it shows what others have counted: nobody knows it
        arrows.put("metrics", Set.of("kernel", "rest"));
        arrows.put("identity", PLATFORM);
        arrows.put("webhooks", and(PLATFORM, "identity"));
        arrows.put("tenancy", and(PLATFORM, "identity"));
        arrows.put("customers", and(arrows.get("tenancy"), "tenancy"));
        arrows.put("credits", and(arrows.get("customers"), "customers", "webhooks", "ledger-verifier"));
        arrows.put("chat-history", and(arrows.get("customers"), "customers"));
        arrows.put("plans", and(arrows.get("credits"), "credits"));
        arrows.put("metering", and(arrows.get("plans"), "plans"));
        arrows.put("purchases", and(arrows.get("metering"), "payments-spi"));
        arrows.put("gateway-deployment", and(PLATFORM, "identity", "purchases", "payments-spi"));
        arrows.put("invoices", and(arrows.get("metering"), "metering", "purchases"));
        arrows.put("reporting", and(arrows.get("invoices"), "chat-history", "invoices", "web-spi"));
        arrows.put("web", arrows.get("reporting"));
        arrows.put("payments-tck", Set.of("payments-spi"));
        arrows.put("payments-bank-deposit", Set.of("payments-spi"));
        arrows.put("payments-stripe", Set.of("payments-spi"));
        arrows.put("payments-whop", Set.of("payments-spi"));
        // it tells its story through the HTTP interface, like any program outside
        arrows.put("demo", Set.of("kernel"));
        return arrows;
    }

    private static Set<String> and(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return all;
    }

    @BeforeClass
    public static void readTheBundles() throws IOException {
        bundles = new TreeMap<>();
        bundleOf = new HashMap<>();
        Path folder = Path.of(System.getProperty("bursar.bundles", "../bundles"));
        try (Stream<Path> modules = Files.list(folder)) {
            for (Path module : modules.filter(path -> Files.exists(path.resolve("pom.xml")))
                    .toList()) {
                Path classes = module.resolve("target/classes");
                assertTrue(classes + " is not built", Files.isDirectory(classes));
                JavaClasses read = new ClassFileImporter().importPath(classes);
                String name = module.getFileName().toString();
                bundles.put(name, read);
                read.forEach(type -> bundleOf.put(type.getName(), name));
            }
        }
        assertTrue("only " + bundles.keySet(), bundles.size() >= 17);
    }

    private interface Wall {
        boolean stops(String bundle, JavaClass from, JavaClass to);
    }

    /** Each dependency that the wall stops, as a line. */
    private static List<String> stopped(Wall wall) {
        List<String> lines = new ArrayList<>();
        bundles.forEach((bundle, classes) -> {
            for (JavaClass from : classes) {
                for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                    JavaClass to = dependency.getTargetClass().getBaseComponentType();
                    if (wall.stops(bundle, from, to)) {
                        lines.add(bundle + ": " + dependency.getDescription());
                    }
                }
            }
        });
        return lines;
    }

    private static List<String> againstTheArrows(Map<String, Set<String>> arrows) {
        return stopped((bundle, from, to) -> {
            String target = bundleOf.get(to.getName());
            return target != null
                    && !target.equals(bundle)
                    && !arrows.getOrDefault(bundle, Set.of()).contains(target);
        });
    }

    private static boolean in(JavaClass type, String segment) {
        return ("." + type.getPackageName() + ".").contains("." + segment + ".");
    }

    private static void none(List<String> lines) {
        assertEquals(String.join("\n", lines), 0, lines.size());
    }

    @Test
    public void bundlesKnowOnlyWhatIsBelowThem() {
        none(againstTheArrows(ARROWS));
    }

    @Test
    public void theCheckSeesAnArrowThatIsNotThere() {
        Map<String, Set<String>> fewer = new HashMap<>(ARROWS);
        fewer.put("chat-history", Set.of("kernel", "database", "shell", "rest", "identity", "tenancy"));
        List<String> lines = againstTheArrows(fewer);
        assertTrue(lines.toString(), lines.stream().anyMatch(line -> line.contains("org.bursar.customers.Customers")));
        assertTrue(lines.toString(), lines.stream().allMatch(line -> line.startsWith("chat-history: ")));
    }

    @Test
    public void everyBundleIsInThePlan() {
        Set<String> unknown = new TreeSet<>(bundles.keySet());
        unknown.removeAll(ARROWS.keySet());
        assertEquals(Set.of(), unknown);
    }

    @Test
    public void nobodyKnowsWhatIsInternalToAnother() {
        none(stopped((bundle, from, to) -> {
            String target = bundleOf.get(to.getName());
            return target != null && !target.equals(bundle) && in(to, "internal");
        }));
    }

    @Test
    public void kernelPaymentsSpiAndTheVerifierKnowTheJdkAlone() {
        none(stopped((bundle, from, to) ->
                Set.of("kernel", "payments-spi", "ledger-verifier").contains(bundle)
                        && bundleOf.get(to.getName()) == null
                        && !to.isPrimitive()
                        && !to.getName().startsWith("java.")
                        && !to.getName().startsWith("javax.crypto.")
                        // annotations that leave no import behind
                        && !to.getName().startsWith("org.osgi.annotation.")
                        && !to.getName().startsWith("org.osgi.service.component.annotations.")
                        && !to.getName().startsWith("aQute.bnd.annotation.")
                        && !to.getName().startsWith("org.jspecify.")
                        // the clock's component asks the framework whether this is a demo
                        && !(in(from, "internal") && to.getName().equals("org.osgi.framework.BundleContext"))));
    }

    @Test
    public void theShellIsKnownInShellPackagesAlone() {
        none(stopped((bundle, from, to) -> to.getName().startsWith("org.apache.karaf.") && !in(from, "shell")));
    }

    @Test
    public void jaxRsIsKnownInRestPackagesAlone() {
        none(stopped((bundle, from, to) -> to.getName().startsWith("jakarta.ws.rs.") && !in(from, "rest")));
    }

    @Test
    public void myBatisIsKnownInSqlPackagesAndDatabaseAlone() {
        none(stopped((bundle, from, to) ->
                to.getName().startsWith("org.apache.ibatis.") && !in(from, "sql") && !bundle.equals("database")));
    }

    @Test
    public void mappersAreKnownBesideTheirServicesAlone() {
        // resources, commands and the API go through a service, which opens the transaction
        none(stopped((bundle, from, to) -> bundleOf.get(to.getName()) != null
                && to.getSimpleName().endsWith("Mapper")
                && in(to, "sql")
                && (in(from, "shell") || !bundle.equals("rest") && in(from, "rest") || !in(from, "internal"))));
    }

    @Test
    public void whatIsExportedKnowsNothingInternal() {
        none(stopped((bundle, from, to) ->
                bundleOf.get(to.getName()) != null && in(to, "internal") && !in(from, "internal")));
    }
}

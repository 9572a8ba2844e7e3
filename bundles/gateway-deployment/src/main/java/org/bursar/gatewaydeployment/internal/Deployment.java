package org.bursar.gatewaydeployment.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bursar.database.DatabaseException;
import org.bursar.gatewaydeployment.internal.GatewayBundles.Failed;
import org.bursar.gatewaydeployment.internal.GatewayBundles.Result;
import org.bursar.gatewaydeployment.internal.GatewayBundles.Runs;
import org.bursar.gatewaydeployment.internal.GatewayBundles.Unresolved;
import org.bursar.gatewaydeployment.internal.sql.ApprovalRow;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayTraffic;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs, brought into line with what lies in the folder and what is approved. A new version is started beside the old one and
 * must show that it works; only then the old one is drained and stopped, and the new one, which is asked from then on, is all that is
 * left. A version that fails to start is put into quarantine, and the old one has never stopped.
 */
final class Deployment {
    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);
    private static final long APPROVALS_NANOS = 2_000_000_000L;
    private static final long UNRESOLVED_NANOS = 30_000_000_000L;

    private final DropFolder drops;
    private final Kept kept;
    private final JarReader reader;
    private final Approvals approvals;
    private final GatewayBundles bundles;
    private final GatewayTraffic traffic;
    private volatile Settings settings;

    private final Map<String, Running> running = new HashMap<>();
    private final Map<String, GatewayJar> formerFiles = new HashMap<>();
    private final Map<String, Long> unresolvedUntil = new HashMap<>();
    private final States states = new States();
    /** Quarantined here, which the database may not know yet. */
    private final Map<String, String> quarantined = new ConcurrentHashMap<>();

    private Map<String, ApprovalRow> approved = Map.of();
    private Set<String> askedFor = Set.of();
    private long approvedAt;
    private volatile Collection<GatewayJar> present = List.of();
    private volatile List<GatewayBundle> rows = List.of();

    /** How gateways are deployed. */
    record Settings(boolean auto, Duration start, Duration drain) {}

    private record Running(Bundle bundle, String digest, String id) {}

    Deployment(
            DropFolder drops,
            Kept kept,
            JarReader reader,
            Approvals approvals,
            GatewayBundles bundles,
            GatewayTraffic traffic,
            Settings settings) {
        this.drops = drops;
        this.kept = kept;
        this.reader = reader;
        this.approvals = approvals;
        this.bundles = bundles;
        this.traffic = traffic;
        this.settings = settings;
    }

    void configure(Settings changed) {
        settings = changed;
    }

    /** What can be seen of every jar. */
    List<GatewayBundle> rows() {
        return rows;
    }

    /** A jar that is there. */
    Optional<GatewayJar> jar(String digest) {
        return present.stream().filter(jar -> jar.digest().equals(digest)).findFirst();
    }

    /** Somebody wants it tried again. */
    void release(String digest) {
        quarantined.remove(digest);
        states.resolved(digest);
    }

    /**
     * Finds what a former run of this left: gateways that go on stay, bundles that do not run go, and what was being started when
     * the platform ended is not started again.
     */
    void adopt() throws IOException, InterruptedException {
        for (Bundle bundle : bundles.present()) {
            Optional<String> id = GatewayBundles.id(bundle);
            // when this was stopped in the middle of a swap there are two, and the elder is asked
            boolean taken = running.containsKey(String.valueOf(bundle.getSymbolicName()));
            if (bundle.getState() == Bundle.ACTIVE && id.isPresent() && !taken) {
                String digest = GatewayBundles.digest(bundle).orElseThrow();
                running.put(bundle.getSymbolicName(), new Running(bundle, digest, id.get()));
            } else {
                bundles.dispose(bundle);
            }
        }
        for (String digest : kept.starting()) {
            quarantined.put(digest, "the platform ended while it was being started");
        }
    }

    /**
     * Looks at everything once and does what is due.
     *
     * @param asked whether somebody waits for it
     */
    void round(boolean asked) throws IOException, InterruptedException {
        drops.look();
        present = jarsThere();
        if (!present.isEmpty() || !running.isEmpty() || !quarantined.isEmpty()) {
            confirmQuarantine();
            readApprovals(asked);
            show();
            carryOut(Plan.of(present, judged(), digestsThatRun()));
            kept.keepOnly(wantedCopies());
        }
        show();
    }

    private Collection<GatewayJar> jarsThere() throws IOException {
        Map<String, GatewayJar> there = new LinkedHashMap<>();
        drops.jars().forEach(jar -> there.put(jar.file(), jar));
        List<GatewayJar> all = new ArrayList<>(there.values());
        for (Map.Entry<String, String> former : kept.remembered().entrySet()) {
            String digest = former.getKey();
            String file = former.getValue();
            if (all.stream().noneMatch(jar -> jar.digest().equals(digest))) {
                GatewayJar jar =
                        formerFiles.computeIfAbsent(digest, key -> reader.read(file, digest, kept.jar(digest)));
                if (drops.standsFor(file, jar.symbolicName())) {
                    all.add(jar);
                }
            }
        }
        return List.copyOf(all);
    }

    /** Which the database may not have heard of when it happened; the mark stays until it has. */
    private void confirmQuarantine() throws IOException {
        for (Map.Entry<String, String> one : Map.copyOf(quarantined).entrySet()) {
            approvals.quarantine(one.getKey(), one.getValue());
            kept.endStart(one.getKey());
            approved = judged();
            quarantined.remove(one.getKey(), one.getValue());
        }
    }

    private void readApprovals(boolean asked) {
        Set<String> digests = new HashSet<>(digestsThatRun().values());
        present.stream().filter(GatewayJar::sound).map(GatewayJar::digest).forEach(digests::add);
        long now = System.nanoTime();
        if (asked || !digests.equals(askedFor) || approvedAt == 0 || now - approvedAt > APPROVALS_NANOS) {
            Map<String, ApprovalRow> found;
            try {
                found = approvals.of(digests);
            } catch (DatabaseException e) {
                if (approvedAt == 0) {
                    throw e;
                }
                // what was known a moment ago does until the database is back; nothing new is approved meanwhile
                return;
            }
            List<GatewayJar> unjudged = present.stream()
                    .filter(jar -> jar.sound() && !found.containsKey(jar.digest()))
                    .toList();
            if (settings.auto() && !unjudged.isEmpty()) {
                approvals.approveNew(unjudged);
                found.putAll(approvals.of(digests));
            }
            approved = Map.copyOf(found);
            askedFor = Set.copyOf(digests);
            approvedAt = now;
        }
    }

    /** The approvals, with what is in quarantine here alone so far. */
    private Map<String, ApprovalRow> judged() {
        Map<String, ApprovalRow> judged = new HashMap<>(approved);
        quarantined.forEach((digest, reason) -> judged.computeIfPresent(
                digest,
                (key, row) ->
                        new ApprovalRow(row.digest(), row.symbolicName(), row.version(), row.chosenAt(), reason)));
        return Map.copyOf(judged);
    }

    private Map<String, String> digestsThatRun() {
        Map<String, String> digests = new HashMap<>();
        running.forEach((name, gateway) -> digests.put(name, gateway.digest()));
        return digests;
    }

    private void carryOut(Plan plan) throws IOException, InterruptedException {
        for (String name : List.copyOf(running.keySet())) {
            if (plan.digest(name).isEmpty()) {
                stop(name);
            }
        }
        for (Map.Entry<String, GatewayJar> one : plan.byName().entrySet()) {
            Running now = running.get(one.getKey());
            GatewayJar jar = one.getValue();
            boolean waits = System.nanoTime() - unresolvedUntil.getOrDefault(jar.digest(), System.nanoTime()) < 0;
            if ((now == null || !now.digest().equals(jar.digest())) && !(waits && states.unresolved(jar.digest()))) {
                start(jar);
            }
        }
    }

    private void start(GatewayJar jar) throws IOException, InterruptedException {
        String digest = jar.digest();
        Running former = running.get(jar.symbolicName());
        byte[] bytes;
        try {
            bytes = kept.bytes(digest);
        } catch (IOException e) {
            unresolved(jar, "the platform's copy of it cannot be used: " + e.getMessage());
            return;
        }
        states.starting(digest);
        show();
        long began = System.nanoTime();
        kept.beginStart(digest);
        Result result;
        try {
            result = bundles.start(
                    jar, bytes, settings.start(), Optional.ofNullable(former).map(Running::id));
        } catch (InterruptedException e) {
            // this is stopped, which is no fault of the gateway's
            kept.endStart(digest);
            throw e;
        } finally {
            states.starting(null);
        }
        if (result instanceof Runs runs) {
            kept.remember(digest, jar.file());
            kept.endStart(digest);
            states.resolved(digest);
            takeOver(jar, former, new Running(runs.bundle(), digest, runs.id()));
            LOG.info(
                    "gateway {} {} runs after {} ms, digest {}, signed by {}",
                    runs.id(),
                    jar.version(),
                    (System.nanoTime() - began) / 1_000_000,
                    digest,
                    jar.signer() == null ? "nobody" : jar.signer());
        } else if (result instanceof Unresolved unresolved) {
            kept.endStart(digest);
            unresolved(jar, unresolved.reason());
        } else {
            String reason = ((Failed) result).reason();
            LOG.warn("gateway {} {} is put into quarantine: {}", jar.symbolicName(), jar.version(), reason);
            quarantined.put(digest, reason);
            confirmQuarantine();
        }
    }

    private void unresolved(GatewayJar jar, String reason) {
        if (!states.unresolved(jar.digest())) {
            LOG.warn("gateway {} {} does not run: {}", jar.symbolicName(), jar.version(), reason);
        }
        states.unresolved(jar.digest(), reason);
        unresolvedUntil.put(jar.digest(), System.nanoTime() + UNRESOLVED_NANOS);
    }

    /** The old version ends when its calls have; until then it is the one that is asked, being the elder of two. */
    private void takeOver(GatewayJar jar, @Nullable Running former, Running successor)
            throws IOException, InterruptedException {
        if (former == null) {
            running.put(jar.symbolicName(), successor);
            return;
        }
        try (GatewayTraffic.Pause pause = traffic.pause(former.id())) {
            drain(former, pause);
            bundles.dispose(former.bundle());
            running.put(jar.symbolicName(), successor);
            kept.forget(former.digest());
            formerFiles.remove(former.digest());
        }
    }

    private void stop(String name) throws IOException, InterruptedException {
        Running gateway = Objects.requireNonNull(running.get(name));
        try (GatewayTraffic.Pause pause = traffic.pause(gateway.id())) {
            drain(gateway, pause);
            running.remove(name);
            bundles.dispose(gateway.bundle());
            kept.forget(gateway.digest());
            formerFiles.remove(gateway.digest());
        }
        LOG.info("gateway {} was stopped: its jar has gone, or is not approved any more", gateway.id());
    }

    private void drain(Running gateway, GatewayTraffic.Pause pause) throws InterruptedException {
        states.draining(gateway.digest());
        show();
        try {
            if (!pause.awaitQuiet(settings.drain())) {
                LOG.warn(
                        "calls of gateway {} are still under way after {} s; it is stopped all the same",
                        gateway.id(),
                        settings.drain().toSeconds());
            }
        } finally {
            states.draining(null);
        }
    }

    private Set<String> wantedCopies() {
        Set<String> wanted = new HashSet<>(digestsThatRun().values());
        present.forEach(jar -> wanted.add(jar.digest()));
        return wanted;
    }

    private void show() {
        Set<String> files = new HashSet<>();
        drops.jars().forEach(jar -> files.add(jar.file() + jar.digest()));
        List<GatewayBundle> shown = new ArrayList<>();
        for (GatewayJar jar : present) {
            Running runs = running.get(jar.symbolicName());
            shown.add(states.row(
                    jar,
                    judged().get(jar.digest()),
                    runs == null
                            ? null
                            : new States.Runs(
                                    runs.digest(), runs.id(), runs.bundle().getVersion()),
                    !files.contains(jar.file() + jar.digest())));
        }
        rows = List.copyOf(shown);
    }
}

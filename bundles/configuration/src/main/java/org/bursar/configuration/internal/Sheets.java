package org.bursar.configuration.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bursar.kernel.HealthCheck;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration of all our PIDs, from their files in one folder to the components. A component is told only what differs from
 * what it has, so garbage in a file does not even restart it.
 */
final class Sheets implements HealthCheck {
    static final String OURS = "org.bursar.";

    private static final Logger LOG = LoggerFactory.getLogger(Sheets.class);
    private static final String SUFFIX = ".cfg";
    private static final Signature NONE = new Signature(0, 0, "");

    private final Path folder;
    private final String dataFolder;
    private final UnaryOperator<@Nullable String> lookup;
    private final Target target;
    private final Map<Long, Map<String, List<Definition>>> declared = new TreeMap<>();
    private final Map<String, Entry> entries = new TreeMap<>();
    private Set<String> nobodys = Set.of();

    /** Where the values go. */
    interface Target {
        void put(String pid, Map<String, Object> values) throws IOException;

        /** Components that need this PID do not start. */
        void withhold(String pid) throws IOException;
    }

    private record Signature(long modifiedMillis, long size, String key) {}

    /** One PID's sheet, and what was seen of its file. */
    private static final class Entry {
        final Sheet sheet;
        Signature taken = NONE;
        Signature seen = NONE;
        List<String> faultsSeen = List.of();
        List<String> faultsLogged = List.of();
        boolean published;

        @Nullable
        Map<String, Object> given;

        Entry(Sheet sheet) {
            this.sheet = sheet;
        }
    }

    /**
     * Files in a folder.
     *
     * @param dataFolder of the run
     * @param lookup see {@link Written#read}
     */
    Sheets(Path folder, String dataFolder, UnaryOperator<@Nullable String> lookup, Target target) {
        this.folder = folder;
        this.dataFolder = dataFolder;
        this.lookup = lookup;
        this.target = target;
    }

    /** Takes what a bundle declares, and gives its components their values before they can ask. */
    synchronized void declare(long bundle, Map<String, List<Definition>> keys) {
        Map<String, List<Definition>> ours = new HashMap<>(keys);
        ours.keySet().removeIf(pid -> !pid.startsWith(OURS));
        Map<String, List<Definition>> former =
                ours.isEmpty() ? declared.remove(bundle) : declared.put(bundle, Map.copyOf(ours));
        Set<String> pids = new HashSet<>(ours.keySet());
        pids.addAll(former == null ? Set.of() : former.keySet());
        pids.forEach(this::redefine);
    }

    private void redefine(String pid) {
        List<Definition> all = declared.values().stream()
                .flatMap(keys -> keys.getOrDefault(pid, List.of()).stream())
                .toList();
        boolean known = declared.values().stream().anyMatch(keys -> keys.containsKey(pid));
        if (!known) {
            // its bundle was uninstalled: what it had is kept for its return
            return;
        }
        Entry entry = entries.computeIfAbsent(pid, name -> new Entry(new Sheet(name, dataFolder)));
        entry.sheet.define(all);
        take(pid, entry, signature(file(pid)));
    }

    /** Looks whether files have changed, and takes those that have been left alone since the last look. */
    synchronized void look() {
        entries.forEach((pid, entry) -> {
            Signature now = signature(file(pid));
            if (!now.equals(entry.taken) && now.equals(entry.seen)) {
                take(pid, entry, now);
            }
            entry.seen = now;
            log(pid, entry);
        });
        nobodys = nobodysFiles();
    }

    private void take(String pid, Entry entry, Signature signature) {
        entry.taken = signature;
        boolean gone = !Files.exists(file(pid));
        if (gone && entry.published) {
            entry.sheet.take(new Written(Map.of(), Map.of(), Optional.of("is gone")));
        } else {
            entry.sheet.take(gone ? Written.NOTHING : Written.read(file(pid), lookup));
        }
        publish(pid, entry);
    }

    private void publish(String pid, Entry entry) {
        try {
            Map<String, Object> values = entry.sheet.inForce().orElse(null);
            if (values == null) {
                target.withhold(pid);
            } else if (Sheet.differ(entry.given, values)) {
                target.put(pid, values);
                entry.given = values;
            }
            entry.published = values != null;
        } catch (IOException | IllegalStateException e) {
            // the next look tries again
            entry.taken = NONE;
            LOG.error("the configuration {} could not be given to its components", pid, e);
        }
    }

    /** Only what was so for two looks: bundles that share a PID do not come at once. */
    private static void log(String pid, Entry entry) {
        List<String> faults = entry.sheet.faults();
        if (faults.equals(entry.faultsSeen) && !faults.equals(entry.faultsLogged)) {
            faults.stream()
                    .filter(fault -> !entry.faultsLogged.contains(fault))
                    .forEach(fault -> LOG.error("{}", fault));
            if (faults.isEmpty()) {
                LOG.info("{} is in order again", pid);
            }
            entry.faultsLogged = faults;
        }
        entry.faultsSeen = faults;
    }

    private Path file(String pid) {
        return folder.resolve(pid + SUFFIX);
    }

    private static Signature signature(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Signature(
                    attributes.lastModifiedTime().toMillis(),
                    attributes.size(),
                    Objects.toString(attributes.fileKey()));
        } catch (IOException e) {
            return NONE;
        }
    }

    private Set<String> nobodysFiles() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(OURS) && name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(pid -> !entries.containsKey(pid))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            return Set.of();
        }
    }

    @Override
    public String name() {
        return "configuration";
    }

    @Override
    public synchronized Optional<String> problem() {
        List<String> faults = new ArrayList<>();
        entries.values().stream()
                .filter(entry -> entry.sheet.inForce().isEmpty())
                .forEach(entry -> faults.addAll(entry.sheet.faults()));
        return faults.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", faults));
    }

    @Override
    public synchronized List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        entries.values().stream()
                .filter(entry -> entry.sheet.inForce().isPresent())
                .forEach(entry -> warnings.addAll(entry.sheet.faults()));
        nobodys.stream()
                .filter(pid -> !entries.containsKey(pid))
                .forEach(pid -> warnings.add(pid + SUFFIX + " is of no bundle that is installed"));
        return warnings;
    }
}

package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.wiring.BundleWiring;

/** What replaced bundles leave behind: class loaders, threads, services, memory. */
final class Leaks {
    private static final int GARBAGE_COLLECTIONS = 20;

    private final Swaps swaps;
    private final Map<String, List<WeakReference<ClassLoader>>> replaced = new TreeMap<>();
    private final long services;
    private final List<Long> used = new ArrayList<>();
    private int threads;

    Leaks(Swaps swaps) {
        this.swaps = swaps;
        this.services = swaps.services();
    }

    /** To be called before a bundle is replaced. */
    void watch(String name) {
        replaced.computeIfAbsent(name, key -> new ArrayList<>())
                .add(new WeakReference<>(
                        swaps.bundle(name).adapt(BundleWiring.class).getClassLoader()));
    }

    /** To be called after every bundle was replaced. */
    void round() throws InterruptedException {
        collect();
        Runtime runtime = Runtime.getRuntime();
        used.add(runtime.totalMemory() - runtime.freeMemory());
        if (used.size() == 1) {
            threads = Thread.activeCount();
        }
    }

    private static void collect() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
    }

    /** Nothing is left of what was replaced, but at most the last one, which a pool's idle thread may still know. */
    void check() throws InterruptedException {
        Map<String, Long> alive = alive();
        for (int i = 0; i < GARBAGE_COLLECTIONS && !alive.isEmpty(); i++) {
            collect();
            Thread.sleep(500);
            alive = alive();
        }
        System.out.println("swap leaks: class loaders " + alive + ", heap " + used + ", threads " + threads + " then "
                + Thread.activeCount() + ", stale revisions " + swaps.stale());
        assertTrue(
                "class loaders of replaced bundles that are still there: " + alive,
                alive.values().stream().allMatch(left -> left <= 1));
        assertEquals("stale revisions", List.of(), swaps.stale());
        assertEquals("services", services, swaps.services());
        assertTrue(
                "threads grow from " + threads + " to " + Thread.activeCount(), Thread.activeCount() <= threads + 10);
        long first = used.get(0);
        long last = used.get(used.size() - 1);
        long growth = (last - first) / Math.max(1, used.size() - 1);
        // two rounds tell nothing: the first one fills caches
        assertTrue("memory grows by " + growth + " bytes a round: " + used, !Soak.on() || growth < 2_000_000);
    }

    private Map<String, Long> alive() {
        Map<String, Long> alive = new TreeMap<>();
        replaced.forEach((name, loaders) -> {
            long left = loaders.stream().filter(loader -> loader.get() != null).count();
            if (left > 0) {
                alive.put(name, left);
            }
        });
        return alive;
    }
}

package org.bursar.web.internal.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bursar.web.internal.Pulses;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Subject;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All open pages of this node (docs/adr/0039). One thread asks once a second, with one statement for all that look at the same in a
 * tenant, whether something has changed, and tells those who may still be told. What is told is a word such as {@code purchases}; the
 * page then asks for itself again, with all that is checked when a page is asked for.
 */
@Component(service = LiveStreams.class)
public final class LiveStreams implements SynchronousBundleListener {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
    private static final int SESSION = 12;
    private static final int SHARE = 4;
    private static final int TURNS_BETWEEN_LOOKS = 3;
    private static final int TURNS_BETWEEN_BEATS = 10;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(15);

    private final Site site;
    private final Pulses pulses;
    private final BundleContext context;
    private final Set<LiveStream> streams = new LinkedHashSet<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "live");
        thread.setDaemon(true);
        return thread;
    });
    private long turn;
    private boolean closed;

    @Activate
    public LiveStreams(@Reference Site site, @Reference Pulses pulses, BundleContext context) {
        this.site = site;
        this.pulses = pulses;
        this.context = context;
        context.addBundleListener(this);
        var unused = clock.scheduleWithFixedDelay(this::turn, 1, 1, TimeUnit.SECONDS);
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(this);
        clock.shutdownNow();
        close();
    }

    /** A platform that stops lets go of its readers first; they come again, to another node where there is one. */
    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            close();
        }
    }

    private void close() {
        List<LiveStream> all;
        synchronized (streams) {
            closed = true;
            all = List.copyOf(streams);
        }
        all.forEach(LiveStream::end);
    }

    /** Takes a stream in where there is room: for its session, its tenant and on this node. */
    boolean enter(LiveStream stream) {
        int most = site.liveStreams();
        synchronized (streams) {
            boolean room = !closed
                    && streams.size() < most
                    && count(stream, Watcher::session) < SESSION
                    && count(stream, Watcher::tenant) < Math.max(SESSION, most / SHARE);
            return room && streams.add(stream);
        }
    }

    private long count(LiveStream like, Function<Watcher, Object> by) {
        Object wanted = by.apply(like.watcher());
        return streams.stream()
                .filter(stream -> by.apply(stream.watcher()).equals(wanted))
                .count();
    }

    void leave(LiveStream stream) {
        synchronized (streams) {
            streams.remove(stream);
        }
    }

    private void turn() {
        try {
            turn++;
            List<LiveStream> all;
            synchronized (streams) {
                all = new ArrayList<>(streams);
            }
            if (!all.isEmpty()) {
                look(all);
            }
        } catch (RuntimeException e) {
            LOG.warn("open pages could not be told of changes", e);
        }
    }

    private void look(List<LiveStream> all) {
        Set<Subject> subjects = new HashSet<>();
        all.forEach(stream -> subjects.addAll(stream.subjects()));
        Map<Subject, String> marks = pulses.marks(subjects);
        Map<String, Watcher.Standing> sessions = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            LiveStream stream = all.get(i);
            Map<String, String> now = Pulses.shown(stream.subjects(), marks);
            List<String> changed = stream.changed(now);
            Watcher.Standing standing = !changed.isEmpty() || (turn + i) % TURNS_BETWEEN_LOOKS == 0
                    ? standing(stream, sessions)
                    : Watcher.Standing.UNKNOWN;
            if (standing == Watcher.Standing.ENDED || stream.ageNanos() > LONGEST_NANOS) {
                stream.end();
            } else if (standing == Watcher.Standing.STILL && !changed.isEmpty()) {
                stream.tell(changed, now);
            } else if ((turn + i) % TURNS_BETWEEN_BEATS == 0) {
                stream.beat();
            }
        }
    }

    private Watcher.Standing standing(LiveStream stream, Map<String, Watcher.Standing> sessions) {
        String key = stream.watcher().session() + stream.watcher().permissions();
        return sessions.computeIfAbsent(key, any -> stream.watcher().standing(site::watched));
    }
}

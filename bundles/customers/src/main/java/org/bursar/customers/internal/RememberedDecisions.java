package org.bursar.customers.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Decisions that were made within the last seconds. They are believed for as long as this node hears what others change. A decision
 * that began before a change was committed is not kept: it may have read what was there before. When one grows old a single caller
 * decides anew while the others still believe it, so that a crowd asks the database once and not all at once.
 */
@Component(service = RememberedDecisions.class)
public final class RememberedDecisions {
    /** Another node's change is heard within a second of its commit: this, and the time that hearing takes. */
    static final long UNHEARD_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    /** What the course of time alone changes is noticed within this. */
    static final long BELIEVED_NANOS = TimeUnit.SECONDS.toNanos(5);

    static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);
    private static final int MOST = 100_000;
    private static final int STRIPES = 4_096;

    private final LongSupplier nanoTime;
    private final Map<Key, Remembered> decisions = new ConcurrentHashMap<>();
    private final AtomicIntegerArray changes = new AtomicIntegerArray(STRIPES);
    private final AtomicLong clears = new AtomicLong();
    private volatile long heardNanos;

    @Activate
    public RememberedDecisions() {
        this(System::nanoTime);
    }

    RememberedDecisions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        heardNanos = nanoTime.getAsLong() - UNHEARD_NANOS;
    }

    /** The time by which it counts, in nanoseconds. */
    long now() {
        return nanoTime.getAsLong();
    }

    /** Whatever others had committed at that time has been forgotten here. */
    void heard(long nanos) {
        heardNanos = nanos;
    }

    private record Key(TenantId tenant, CustomerId customer) {
        int stripe() {
            return Math.floorMod(hashCode(), STRIPES);
        }
    }

    /** What was asked together grows old at different times, so that it is not asked together again. */
    private record Remembered(RuleAnswers answers, long readNanos, long freshNanos, AtomicBoolean refreshing) {}

    /** The answers that are remembered, or those that are given now. Not to be asked within a transaction. */
    RuleAnswers of(TenantId tenant, CustomerId customer, Supplier<RuleAnswers> asked) {
        Key key = new Key(tenant, customer);
        long now = nanoTime.getAsLong();
        Remembered known = decisions.get(key);
        if (known != null && now - heardNanos < UNHEARD_NANOS) {
            long age = now - known.readNanos();
            boolean ours = age >= known.freshNanos() && known.refreshing().compareAndSet(false, true);
            if (age < BELIEVED_NANOS && !ours) {
                return known.answers();
            }
        }
        int changesBefore = changes.get(key.stripe());
        long clearsBefore = clears.get();
        RuleAnswers answers = asked.get();
        if (answers.notReady()) {
            decisions.remove(key);
            return answers;
        }
        Remembered fresh = new Remembered(answers, now, freshFor(), new AtomicBoolean());
        makeRoom(now);
        decisions.put(key, fresh);
        if (changes.get(key.stripe()) != changesBefore || clears.get() != clearsBefore) {
            decisions.remove(key, fresh);
        }
        return answers;
    }

    private static long freshFor() {
        return ThreadLocalRandom.current().nextLong(FRESH_NANOS, BELIEVED_NANOS * 9 / 10);
    }

    private void makeRoom(long now) {
        if (decisions.size() >= MOST) {
            decisions.values().removeIf(old -> now - old.readNanos() >= BELIEVED_NANOS);
            if (decisions.size() >= MOST) {
                decisions.clear();
            }
        }
    }

    /**
     * Forgets what is remembered of a customer.
     *
     * @param onlyRefusals a change that takes a yes from nobody: only a no is forgotten
     */
    void forget(TenantId tenant, CustomerId customer, boolean onlyRefusals) {
        Key key = new Key(tenant, customer);
        changes.incrementAndGet(key.stripe());
        decisions.computeIfPresent(
                key, (same, known) -> onlyRefusals && known.answers().allowed() ? known : null);
    }

    /** Forgets everything: the rules themselves have changed. */
    void clear() {
        clears.incrementAndGet();
        decisions.clear();
    }
}

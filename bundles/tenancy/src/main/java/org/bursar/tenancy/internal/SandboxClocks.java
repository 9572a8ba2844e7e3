package org.bursar.tenancy.internal;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Actor;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.TimeFollower;
import org.bursar.tenancy.TenancyProblems;
import org.bursar.tenancy.Tenants;
import org.bursar.tenancy.internal.sql.ClockMapper;
import org.bursar.tenancy.internal.sql.ClockRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the clocks of sandboxes, from one instant at which something is due to the next. The row says where a clock is to go and
 * who is moving it; so whoever is cut off is followed by another, and two never move it at once.
 *
 * <p>A step looks what is due next and sets the clock to it under the row's lock, for which it waits until nobody is left who has
 * read the clock and not yet committed: nothing that a request writes can be due between two readings and be passed over.
 */
@Component(service = SandboxClocks.class)
public final class SandboxClocks {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxClocks.class);
    private static final Actor MOVER = Actor.system("sandbox-clock");

    /** How long nobody else comes to move what somebody moves who says nothing more. */
    private static final Duration CLAIM = Duration.ofMinutes(1);

    /** How often the same instant is looked at while something stays due there, and how long is waited for those in its way. */
    private static final int MOST_ROUNDS = 200;

    private static final long PAUSE_MILLIS = 10;

    private final Database database;
    private final Clock wall;
    private final Tenants tenants;
    private final Audit audit;
    private final ClockMapper mapper;
    private final List<TimeFollower> followers = new CopyOnWriteArrayList<>();

    @Activate
    public SandboxClocks(
            @Reference Database database, @Reference Clock wall, @Reference Tenants tenants, @Reference Audit audit) {
        this.database = database;
        this.wall = wall;
        this.tenants = tenants;
        this.audit = audit;
        this.mapper = database.mapper("tenancy", ClockMapper.class);
    }

    /** Somebody follows the clocks from now on. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bind(TimeFollower follower) {
        followers.add(follower);
    }

    void unbind(TimeFollower follower) {
        followers.remove(follower);
    }

    /** Where a clock is to go: to an instant, or on by a period. */
    @Schema(name = "ClockAdvance")
    public record Advance(@Nullable Instant to, @Nullable String by) {}

    /**
     * What a clock shows.
     *
     * @param now what it reads
     * @param target where it is going; {@code now} when it is there
     * @param moving whether something is left to do before it is at rest
     */
    @Schema(name = "SandboxClock")
    public record Reading(Instant now, Instant target, boolean moving) {}

    /** A clock and its version, for the ETag. */
    public record State(Reading reading, long version) {}

    /**
     * The clock of the scope's tenant.
     *
     * @throws ProblemException {@code not_a_sandbox} when it has none of its own
     */
    public State get(Scope scope) {
        ClockRow row =
                database.transact(scope, () -> mapper.find(scope.tenant())).orElseThrow(SandboxClocks::notASandbox);
        return new State(new Reading(row.reads(), row.target(), row.moving()), row.version());
    }

    private static ProblemException notASandbox() {
        return new ProblemException(TenancyProblems.NOT_A_SANDBOX, "The tenant's time is the real one.");
    }

    /** Writes down where the clock is to go, and nothing else. Joins the caller's transaction. */
    public Instant aim(Scope scope, @Nullable Advance form) {
        scope.requireWholeTenant();
        return database.transact(scope, () -> {
            ClockRow row = mapper.lock(scope.tenant()).orElseThrow(SandboxClocks::notASandbox);
            Instant target = ClockTarget.of(row, form, () -> tenants.own(scope).timeZone());
            Set<String> names = names(row);
            followers.forEach(follower -> names.add(follower.name()));
            mapper.aim(scope.tenant(), target, String.join(" ", names));
            audit.record(
                    scope,
                    "clock.advance",
                    scope.tenant().toString(),
                    Optional.empty(),
                    Map.of("target", row.target().toString()),
                    Map.of("target", target.toString()));
            return target;
        });
    }

    private static Set<String> names(ClockRow row) {
        return Arrays.stream(row.followers().split(" "))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether something is left to do before it is at rest. */
    boolean moving(TenantId tenant) {
        return database.transact(scope(tenant), () -> mapper.find(tenant))
                .map(ClockRow::moving)
                .orElse(false);
    }

    private static Scope scope(TenantId tenant) {
        return Scope.of(tenant, MOVER);
    }

    /**
     * Moves the clock to its target, or as far as the time that is given suffices. Not to be called in a transaction.
     *
     * @throws ProblemException {@code unavailable} when somebody who follows the clock is not there
     */
    public State go(TenantId tenant, Duration patience) {
        Scope scope = scope(tenant);
        UUID me = UUID.randomUUID();
        long start = System.nanoTime();
        boolean mine = true;
        int rounds = 0;
        try {
            do {
                Step step = database.transact(scope, () -> step(scope, me));
                if (step.ended()) {
                    mine = false;
                    return get(scope);
                }
                rounds = step.moved() ? 0 : rounds + 1;
                if (rounds > MOST_ROUNDS) {
                    LOG.warn("the clock of {} stands still: {} do not come to an end", tenant, step.names());
                    return get(scope);
                }
                if (rounds > 1) {
                    // a sweep passes over what a request is at; it is there again in a moment
                    pause();
                }
                step.due().forEach(follower -> follower.due(scope));
            } while (System.nanoTime() - start < patience.toNanos());
            return get(scope);
        } finally {
            if (mine) {
                Instant now = wall.instant().truncatedTo(ChronoUnit.MICROS);
                database.run(scope, () -> mapper.letGo(tenant, me, now));
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a clock was moved", e);
        }
    }

    /**
     * One step, or that there is none.
     *
     * @param ended it is at rest, or somebody else moves it
     * @param moved it has gone on, and did not only find more to do where it was
     * @param due who has something to do there, in their order
     */
    private record Step(boolean ended, boolean moved, List<TimeFollower> due) {
        static final Step END = new Step(true, false, List.of());

        String names() {
            return due.stream().map(TimeFollower::name).collect(Collectors.joining(", "));
        }
    }

    private record Due(TimeFollower follower, Instant at) {}

    private Step step(Scope scope, UUID me) {
        TenantId tenant = scope.tenant();
        ClockRow row = mapper.lock(tenant).orElseThrow(SandboxClocks::notASandbox);
        Instant now = wall.instant().truncatedTo(ChronoUnit.MICROS);
        if (row.takenFrom(me, now)) {
            return Step.END;
        }
        requirePresent(row);
        List<Due> due = due(scope, row.target());
        if (due.isEmpty()) {
            mapper.rest(tenant);
            return Step.END;
        }
        Instant next = due.stream().map(Due::at).min(Comparator.naturalOrder()).orElseThrow();
        boolean on = next.isAfter(row.reads());
        Instant at = on ? next : row.reads();
        mapper.move(tenant, at, me, now.plus(CLAIM));
        return new Step(
                false,
                on,
                due.stream()
                        .filter(one -> !one.at().isAfter(at))
                        .map(Due::follower)
                        .toList());
    }

    /** What comes next for each, up to the target. */
    private List<Due> due(Scope scope, Instant target) {
        List<TimeFollower> all = new ArrayList<>(followers);
        all.sort(Comparator.comparingInt(TimeFollower::order).thenComparing(TimeFollower::name));
        List<Due> due = new ArrayList<>();
        for (TimeFollower follower : all) {
            follower.nextDue(scope).filter(at -> !at.isAfter(target)).ifPresent(at -> due.add(new Due(follower, at)));
        }
        return due;
    }

    /** A clock that went on without the renewals, since their bundle is being replaced, would tell another story. */
    private void requirePresent(ClockRow row) {
        Set<String> missing = names(row);
        followers.forEach(follower -> missing.remove(follower.name()));
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    Problems.UNAVAILABLE,
                    "What follows the clock is not there at the moment: " + String.join(", ", missing) + ".");
        }
    }
}

package org.bursar.identity.internal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.identity.internal.sql.SessionMapper;
import org.bursar.identity.internal.sql.SessionMapper.Counter;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Slows guessing down without locking anybody out. Failures are counted for an account from one address, for the
 * account from
 * everywhere, and for the address whatever the account; beyond a free number each further attempt waits, 15 seconds
 * at most.
 * From an address where the account has signed in before only the first counter counts, so that strangers cannot keep
 * the
 * owner out, nor the neighbours behind one address each other.
 */
@Component(service = Throttle.class)
public final class Throttle {
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration KNOWN = Duration.ofDays(30);
    private static final long LONGEST_WAIT_SECONDS = 15;
    private static final int FREE_OF_PAIR = 10;
    private static final int FREE_OF_ACCOUNT = 50;
    private static final int FREE_OF_ADDRESS = 100;

    private final Database database;
    private final Secrets secrets;
    private final Clock clock;
    private final SessionMapper mapper;

    @Activate
    public Throttle(@Reference Database database, @Reference Secrets secrets, @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
        this.mapper = database.mapper("identity", SessionMapper.class);
    }

    /** One attempt, by its counters' keys. */
    record Attempt(TenantId tenant, String pair, String account, String address) {}

    /**
     * Counts an attempt as failed before it is tried, so that a hundred at once count as a hundred. {@link
     * #succeeded} takes it back.
     *
     * @throws ProblemException {@code too_many_requests} with {@code retryAfter}, in which case nothing is counted
     */
    Attempt begin(TenantId tenant, String account, String address) {
        Attempt attempt = new Attempt(
                tenant,
                key("pair\n" + account + '\n' + address),
                key("account\n" + account),
                key("address\n" + address));
        database.run(scope(tenant), () -> count(attempt));
        return attempt;
    }

    private void count(Attempt attempt) {
        Instant now = clock.instant();
        Map<String, Counter> counters = new HashMap<>();
        mapper.counters(attempt.tenant(), new String[] {attempt.pair(), attempt.account(), attempt.address()}, now)
                .forEach(counter -> counters.put(counter.throttleKey(), counter));
        Counter pair = counters.get(attempt.pair());
        boolean known =
                pair != null && pair.knownUntil() != null && pair.knownUntil().isAfter(now);
        for (Counter counter : counters.values()) {
            if ((counter.throttleKey().equals(attempt.pair()) || !known)
                    && counter.nextAt().isAfter(now)) {
                throw tooMany(Duration.between(now, counter.nextAt()));
            }
        }
        // in one order everywhere; the rows are locked already
        for (String key : List.of(attempt.pair(), attempt.account(), attempt.address())) {
            Counter counter = counters.get(key);
            if (counter != null) {
                count(attempt, counter, now);
            }
        }
    }

    private void count(Attempt attempt, Counter counter, Instant now) {
        boolean fresh = counter.windowFrom().plus(WINDOW).isBefore(now);
        int failures = fresh ? 1 : counter.failures() + 1;
        int free = counter.throttleKey().equals(attempt.pair())
                ? FREE_OF_PAIR
                : counter.throttleKey().equals(attempt.account()) ? FREE_OF_ACCOUNT : FREE_OF_ADDRESS;
        mapper.count(
                attempt.tenant(),
                counter.throttleKey(),
                failures,
                fresh ? now : counter.windowFrom(),
                now.plus(wait(failures - free)));
    }

    /** None while attempts are free, then 1, 2, 4, 8 and at most 15 seconds. */
    static Duration wait(int beyondFree) {
        return beyondFree <= 0
                ? Duration.ZERO
                : Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(beyondFree - 1, 10)));
    }

    private static ProblemException tooMany(Duration wait) {
        long seconds = Math.max(1, (wait.toMillis() + 999) / 1_000);
        return new ProblemException(Problem.of(
                        Problems.TOO_MANY_REQUESTS, "Too many failed attempts; try again in " + seconds + " seconds.")
                .with("retryAfter", seconds));
    }

    /** Takes the attempt back, and remembers that this account signs in from this address. */
    void succeeded(Attempt attempt) {
        database.run(scope(attempt.tenant()), () -> {
            Instant now = clock.instant();
            mapper.know(attempt.tenant(), attempt.pair(), now, now.plus(KNOWN));
            mapper.forgive(attempt.tenant(), attempt.account(), now);
            mapper.forgive(attempt.tenant(), attempt.address(), now);
        });
    }

    /** Remembers an address from which somebody has proved to own the account by other means than its password. */
    void trust(TenantId tenant, String account, String address) {
        Instant now = clock.instant();
        database.run(
                scope(tenant),
                () -> mapper.know(tenant, key("pair\n" + account + '\n' + address), now, now.plus(KNOWN)));
    }

    private String key(String text) {
        return HexFormat.of().formatHex(secrets.mac("identity.throttle", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Scope scope(TenantId tenant) {
        return Scope.of(tenant, Actor.system("sign-in"));
    }
}

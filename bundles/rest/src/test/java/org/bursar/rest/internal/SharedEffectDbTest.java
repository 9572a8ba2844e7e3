package org.bursar.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Outcome;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.rest.RestProblems;
import org.bursar.rest.SharedEffect;
import org.bursar.rest.SharedEffect.Done;
import org.bursar.rest.SharedEffect.Part;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests with Idempotency-Keys that share a transaction. */
class SharedEffectDbTest {
    private static TestDatabase postgres;
    private static Idempotency idempotency;

    private final Scope scope = Scope.of(TenantId.next(Clock.systemUTC()), Actor.system("test"));
    private final AtomicInteger done = new AtomicInteger();
    private final List<Integer> batches = new ArrayList<>();

    /** Refuses what is called so. */
    private final SharedEffect<String, String> effect = new SharedEffect<>(
            (sight, wanted) -> {
                batches.add(wanted.size());
                List<Outcome<String>> outcomes = new ArrayList<>();
                for (String each : wanted) {
                    outcomes.add(
                            each.startsWith("refused")
                                    ? Outcome.refused(new ProblemException(Problems.STALE, "refused"))
                                    : Outcome.done(each + '#' + done.incrementAndGet()));
                }
                return outcomes;
            },
            result -> "thing_" + result);

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        idempotency = new Idempotency(postgres.database(), postgres.secrets(), TestClock.at("2026-11-21T10:00:00Z"));
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    private Part<String> part(String wanted, @Nullable String key) {
        return new Part<>(
                scope,
                wanted,
                key == null
                        ? null
                        : new Idempotency.Key(key, "key_1\nPOST\nholds", wanted.getBytes(StandardCharsets.UTF_8)),
                idempotency);
    }

    private List<Outcome<Done<String>>> together(List<Part<String>> parts) {
        return idempotency.once(parts, effect);
    }

    private static String code(Outcome<?> outcome) {
        return outcome.refusal().orElseThrow().problem().code().code();
    }

    @Test
    void eachKeyDoesItsPartOnceAndARetryIsAnsweredFromIt() {
        List<Outcome<Done<String>>> first = together(List.of(part("a", "1"), part("b", "2")));
        List<Outcome<Done<String>>> again = together(List.of(part("c", "3"), part("b", "2"), part("a", "1")));
        assertThat(again.get(0).get().result()).isEqualTo("c#3");
        assertThat(again.get(1).get()).isEqualTo(new Done<>(first.get(1).get().resourceId(), null));
        assertThat(again.get(2).get()).isEqualTo(new Done<>(first.get(0).get().resourceId(), null));
        assertThat(done).hasValue(3);
        assertThat(batches).containsExactly(2, 1);
    }

    @Test
    void whatIsRefusedLeavesItsKeyFreeAndUndoesNothingOfTheOthers() {
        List<Outcome<Done<String>>> outcomes = together(List.of(part("a", "1"), part("refused", "2"), part("b", null)));
        assertThat(outcomes.get(0).get().result()).isEqualTo("a#1");
        assertThat(code(outcomes.get(1))).isEqualTo(Problems.STALE.code());
        assertThat(outcomes.get(2).get().result()).isEqualTo("b#2");
        assertThat(together(List.of(part("later", "2"))).get(0).get().result()).isEqualTo("later#3");
    }

    @Test
    void theSameKeyTwiceInOneTransactionIsDoneOnce() {
        List<Outcome<Done<String>>> outcomes = together(List.of(part("a", "1"), part("a", "1")));
        assertThat(outcomes.get(0).get().result()).isEqualTo("a#1");
        assertThat(code(outcomes.get(1))).isEqualTo(RestProblems.REQUEST_IN_PROGRESS.code());
        assertThat(done).hasValue(1);
    }

    @Test
    void anotherBodyUnderAKnownKeyIsRefused() {
        together(List.of(part("a", "1")));
        assertThat(code(together(List.of(part("b", "1"), part("c", "2"))).get(0)))
                .isEqualTo(RestProblems.IDEMPOTENCY_KEY_REUSED.code());
    }

    @Test
    void aCrowdWithRepeatedKeysDoesEachOnce() throws Exception {
        ConcurrentHashMap<String, String> resources = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(32);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < 32; thread++) {
            int number = thread;
            running.add(threads.submit(() -> {
                start.await();
                for (int round = 0; round < 20; round++) {
                    String key = "k" + (number % 16) + '-' + round;
                    for (boolean answered = false; !answered; ) {
                        Outcome<Done<String>> outcome = effect.submit(part(key, key));
                        if (outcome.refusal().isPresent()) {
                            assertThat(code(outcome)).isEqualTo(RestProblems.REQUEST_IN_PROGRESS.code());
                            continue;
                        }
                        String id = outcome.get().resourceId();
                        assertThat(resources.merge(key, id, (a, b) -> a.equals(b) ? a : "two"))
                                .isEqualTo(id);
                        answered = true;
                    }
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
        assertThat(resources).hasSize(320);
        assertThat(done).hasValue(320);
        assertThat(batches.size()).as("they share transactions").isLessThan(320);
    }
}

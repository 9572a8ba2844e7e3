package org.bursar.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.Actor;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.rest.RestProblems;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdempotencyDbTest {
    private static TestDatabase postgres;
    private static TestClock clock;
    private static Idempotency idempotency;

    private final Scope scope = Scope.of(TenantId.next(Clock.systemUTC()), Actor.system("test"));
    private final AtomicInteger effects = new AtomicInteger();

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        clock = TestClock.at("2026-11-21T10:00:00Z");
        idempotency = new Idempotency(postgres.database(), postgres.secrets(), clock);
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    private static Idempotency.Key key(String value, String body) {
        return new Idempotency.Key(value, "key_1\nPOST\nholds", body.getBytes(StandardCharsets.UTF_8));
    }

    private Idempotency.Answered once(Scope in, Idempotency.Key key) {
        return idempotency.once(in, key, () -> "thing_" + effects.incrementAndGet());
    }

    @Test
    void aRetryAnswersTheFirstResource() {
        assertThat(once(scope, key("a", "{}"))).isEqualTo(new Idempotency.Answered("thing_1", false));
        assertThat(once(scope, key("a", "{}"))).isEqualTo(new Idempotency.Answered("thing_1", true));
        assertThat(effects).hasValue(1);
    }

    @Test
    void theKeyIsRememberedByTheTransactionOfTheEffectItself() {
        StringBuilder effect = new StringBuilder();
        TransactionMapper transaction = postgres.database().mapper("rest", TransactionMapper.class);
        idempotency.once(scope, key("a", "{}"), () -> {
            effect.append(transaction.id());
            return "thing_1";
        });
        assertThat(postgres.database().transact(scope, () -> transaction.remembered(scope.tenant())))
                .as("another transaction could be lost while this one is kept")
                .isEqualTo(effect.toString());
    }

    /** Which transaction runs, and which one wrote the tenant's key. */
    interface TransactionMapper {
        @Select(value = "select pg_current_xact_id()::text", affectData = true)
        String id();

        @Select("select xmin::text from rest.idempotency where tenant_id = #{tenant}")
        String remembered(TenantId tenant);
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        once(scope, key("a", "{\"amount\":\"1\"}"));
        ProblemException refusal =
                catchThrowableOfType(ProblemException.class, () -> once(scope, key("a", "{\"amount\":\"2\"}")));
        assertThat(refusal.problem().code()).isEqualTo(RestProblems.IDEMPOTENCY_KEY_REUSED);
        assertThat(effects).hasValue(1);
    }

    @Test
    void theSameKeyOfAnotherTenantCallerOrPathIsAnotherKey() {
        once(scope, key("a", "{}"));
        once(Scope.of(TenantId.next(Clock.systemUTC()), Actor.system("test")), key("a", "{}"));
        once(scope, new Idempotency.Key("a", "key_2\nPOST\nholds", new byte[] {'{', '}'}));
        once(scope, new Idempotency.Key("a", "key_1\nPOST\nusers", new byte[] {'{', '}'}));
        assertThat(effects).hasValue(4);
    }

    @Test
    void anEffectThatIsRefusedLeavesTheKeyFree() {
        assertThatThrownBy(() -> idempotency.once(scope, key("a", "{}"), () -> {
                    effects.incrementAndGet();
                    throw Problems.notFound();
                }))
                .isInstanceOf(ProblemException.class);
        assertThat(once(scope, key("a", "{}")).replayed()).isFalse();
        assertThat(effects).hasValue(2);
    }

    @Test
    void ofManyAtOnceOneTakesEffectAndTheOthersReplayOrAreToldToWait() throws Exception {
        int callers = 8;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        List<Future<String>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    try {
                        return once(scope, key("race", "{}")).resourceId();
                    } catch (ProblemException e) {
                        return e.problem().code().code();
                    }
                }));
            }
            start.countDown();
            Set<String> seen = new TreeSet<>();
            for (Future<String> answer : answers) {
                seen.add(answer.get());
            }
            assertThat(seen).isSubsetOf("thing_1", "request_in_progress").contains("thing_1");
            assertThat(effects).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whenTheLockIsBlindToAnotherNodeThePrimaryKeyStillDecides() {
        Idempotency.Key key = key("two nodes", "{}");
        Idempotency.Answered outcome = idempotency.once(scope, key, () -> {
            // the other node commits between our look and our insert
            ExecutorService other = Executors.newSingleThreadExecutor();
            try {
                return other.submit(() -> {
                            postgres.executeAsOwner("set app.tenant = '"
                                    + scope.tenant().uuid()
                                    + "'; insert into rest.idempotency (tenant_id, key_hash, body_hash, resource_id, created_at)"
                                    + " values ('" + scope.tenant().uuid() + "', '\\x" + hex(key.hash()) + "', '\\x"
                                    + hex(postgres.secrets().mac("idempotency", key.body()))
                                    + "', 'theirs', '2026-11-21T10:00:00Z')");
                            return "ours";
                        })
                        .get();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                other.shutdown();
            }
        });
        assertThat(outcome).isEqualTo(new Idempotency.Answered("theirs", true));
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }

    @Test
    void keysAreForgottenAfterADayAndNotBefore() {
        Scope platform = Scope.platform(Actor.system("test"));
        once(platform, key("old", "{}"));
        clock.advance(Duration.ofHours(23));
        idempotency.run();
        assertThat(once(platform, key("old", "{}")).replayed()).isTrue();
        clock.advance(Duration.ofHours(2));
        idempotency.run();
        assertThat(once(platform, key("old", "{}")).replayed()).isFalse();
    }
}

package org.bursar.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.bursar.customers.AccessReason;
import org.bursar.customers.internal.RuleAnswers.Against;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes of one database. */
class AccessChangesDbTest {
    private static final RuleAnswers YES = new RuleAnswers(List.of());
    private static final RuleAnswers NO =
            new RuleAnswers(List.of(new Against("account", new AccessReason("locked", "It is locked."))));

    private static TestDatabase postgres;

    private final TestClock clock = TestClock.at("2026-11-21T10:00:00Z");
    private final Scope scope = Scope.of(TenantId.next(clock), Actor.system("test"));
    private final CustomerId customer = CustomerId.next(clock);
    private final RememberedDecisions here = new RememberedDecisions();
    private final RememberedDecisions there = new RememberedDecisions();
    private final AccessChanges node = new AccessChanges(postgres.database(), clock, here);
    private final AccessChanges other = new AccessChanges(postgres.database(), clock, there);

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @AfterEach
    void stop() {
        node.stop();
        other.stop();
    }

    private RuleAnswers ask(RememberedDecisions memory, RuleAnswers made) {
        return memory.of(scope.tenant(), customer, () -> made);
    }

    @Test
    void thisNodeKnowsAtTheCommitAndNotBefore() {
        node.listen();
        ask(here, YES);
        postgres.database().run(scope, () -> {
            node.changed(scope.tenant(), customer);
            assertThat(ask(here, NO)).isEqualTo(YES);
        });
        assertThat(ask(here, NO)).isEqualTo(NO);
    }

    @Test
    void anotherNodeKnowsAsSoonAsItListens() {
        other.listen();
        ask(there, YES);
        postgres.database().run(scope, () -> {
            node.changed(scope.tenant(), customer);
            // on a thread of its own, which this transaction is not seen by
            CompletableFuture.runAsync(other::listen).join();
            assertThat(ask(there, NO)).isEqualTo(YES);
        });
        other.listen();
        assertThat(ask(there, NO)).isEqualTo(NO);
    }

    @Test
    void aChangeOfATransactionThatBeganEarlierAndEndsLaterIsHeard() throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch heard = new CountDownLatch(1);
        Thread slow = new Thread(() -> postgres.database().run(scope, () -> {
            node.changed(scope.tenant(), customer);
            written.countDown();
            try {
                heard.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        slow.start();
        written.await();
        CustomerId second = CustomerId.next(clock);
        node.changed(scope.tenant(), second);
        other.listen();
        other.listen();
        ask(there, YES);
        heard.countDown();
        slow.join(Duration.ofSeconds(10).toMillis());
        other.listen();
        assertThat(ask(there, NO)).isEqualTo(NO);
    }

    @Test
    void whatIsRolledBackIsHeardByNobody() {
        other.listen();
        ask(there, YES);
        try {
            postgres.database().run(scope, () -> {
                node.changed(scope.tenant(), customer);
                throw new IllegalArgumentException("undone");
            });
        } catch (IllegalArgumentException expected) {
            other.listen();
        }
        assertThat(ask(there, NO)).isEqualTo(YES);
    }

    @Test
    void anImprovementTakesAYesFromNobody() {
        other.listen();
        ask(there, YES);
        node.improved(scope.tenant(), customer);
        other.listen();
        assertThat(ask(there, NO)).isEqualTo(YES);
    }
}

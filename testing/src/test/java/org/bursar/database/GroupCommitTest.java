package org.bursar.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        callers.shutdownNow();
        assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void oneAloneRunsAtOnce() {
        assertThat(doubling().submit("a", 21)).isEqualTo(42);
        assertThat(batches).containsExactly(List.of(21));
    }

    @Test
    void whoComesWhileOneRunsIsRunTogetherAndInOrder() throws Exception {
        Semaphore mayRun = new Semaphore(0);
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(100, part -> 1, (key, parts, committing) -> {
            mayRun.acquireUninterruptibly();
            batches.add(parts);
            return parts.stream().map(part -> part * 2).toList();
        });
        List<Future<Integer>> results = new ArrayList<>();
        for (int part = 0; part < 10; part++) {
            int number = part;
            results.add(callers.submit(() -> commit.submit("a", number)));
            awaitWaiting(part + 1);
        }
        mayRun.release(2);

        for (int part = 0; part < 10; part++) {
            assertThat(results.get(part).get(10, TimeUnit.SECONDS)).isEqualTo(part * 2);
        }
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    @Test
    void aTransactionIsNoLargerThanAllowed() throws Exception {
        Semaphore mayRun = new Semaphore(0);
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(5, part -> part, (key, parts, committing) -> {
            mayRun.acquireUninterruptibly();
            batches.add(parts);
            return parts;
        });
        List<Future<Integer>> results = new ArrayList<>();
        for (int part : new int[] {1, 3, 2, 2, 9, 1}) {
            results.add(callers.submit(() -> commit.submit("a", part)));
            awaitWaiting(results.size());
        }
        mayRun.release(10);
        for (Future<Integer> result : results) {
            result.get(10, TimeUnit.SECONDS);
        }

        assertThat(batches).containsExactly(List.of(1), List.of(3, 2), List.of(2), List.of(9), List.of(1));
    }

    @Test
    void keysShareNoTransaction() throws Exception {
        Map<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
        CountDownLatch both = new CountDownLatch(2);
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(5, part -> 1, (key, parts, committing) -> {
            atOnce.computeIfAbsent(key, name -> new AtomicInteger()).incrementAndGet();
            both.countDown();
            awaitLatch(both);
            return parts;
        });
        Future<Integer> a = callers.submit(() -> commit.submit("a", 1));
        Future<Integer> b = callers.submit(() -> commit.submit("b", 2));

        assertThat(a.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(b.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(atOnce).containsOnlyKeys("a", "b");
    }

    @Test
    void whoSpoilsATransactionFailsAlone() throws Exception {
        Semaphore mayRun = new Semaphore(0);
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(100, part -> 1, (key, parts, committing) -> {
            mayRun.acquireUninterruptibly();
            batches.add(parts);
            if (parts.contains(13)) {
                throw new IllegalArgumentException("unlucky");
            }
            return parts;
        });
        List<Future<Integer>> results = new ArrayList<>();
        for (int part : new int[] {0, 7, 13, 8}) {
            results.add(callers.submit(() -> commit.submit("a", part)));
            awaitWaiting(results.size());
        }
        mayRun.release(100);

        assertThat(results.get(1).get(10, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(results.get(3).get(10, TimeUnit.SECONDS)).isEqualTo(8);
        assertThatThrownBy(() -> results.get(2).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("unlucky");
        assertThat(batches).containsExactly(List.of(0), List.of(7, 13, 8), List.of(7), List.of(13), List.of(8));
    }

    @Test
    void withPostgresAwayAllFailAndNothingIsTriedAgain() throws Exception {
        Semaphore mayRun = new Semaphore(0);
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(100, part -> 1, (key, parts, committing) -> {
            mayRun.acquireUninterruptibly();
            batches.add(parts);
            throw new DatabaseException(new SQLException("gone", "08006"), null);
        });
        List<Future<Integer>> results = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
            int number = part;
            results.add(callers.submit(() -> commit.submit("a", number)));
            awaitWaiting(part + 1);
        }
        mayRun.release(100);

        for (Future<Integer> result : results) {
            assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(DatabaseException.class);
        }
        assertThat(batches).hasSize(2);
    }

    @Test
    void afterAFailureTheLineGoesOn() {
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(100, part -> 1, (key, parts, committing) -> {
            if (parts.contains(13)) {
                throw new AssertionError("worse than an exception");
            }
            return parts;
        });
        assertThatThrownBy(() -> commit.submit("a", 13)).isInstanceOf(AssertionError.class);
        assertThat(commit.submit("a", 1)).isEqualTo(1);
    }

    @Test
    void theNextRunsWhileOneCommits() throws Exception {
        CountDownLatch next = new CountDownLatch(1);
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(100, part -> 1, (key, parts, committing) -> {
            batches.add(parts);
            committing.run();
            committing.run(); // as a transaction that is repeated does
            if (parts.contains(1)) {
                awaitLatch(next);
            } else {
                next.countDown();
            }
            return parts;
        });
        Future<Integer> first = callers.submit(() -> commit.submit("a", 1));
        awaitWaiting(1);

        assertThat(commit.submit("a", 2)).isEqualTo(2);
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(batches).containsExactly(List.of(1), List.of(2));
        assertThat(commit.submit("a", 3)).isEqualTo(3);
    }

    @Test
    void aCommitThatFailsIsToldToItsOwnAlone() throws Exception {
        CountDownLatch next = new CountDownLatch(1);
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(100, part -> 1, (key, parts, committing) -> {
            committing.run();
            if (parts.contains(13)) {
                awaitLatch(next);
                throw new IllegalArgumentException("unlucky");
            }
            return parts;
        });
        Future<Integer> unlucky = callers.submit(() -> commit.submit("a", 13));
        awaitWaiting(1);

        assertThat(commit.submit("a", 2)).isEqualTo(2);
        next.countDown();
        assertThatThrownBy(() -> unlucky.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("unlucky");
        assertThat(commit.submit("a", 3)).isEqualTo(3);
    }

    @Test
    void underACrowdEachGetsItsOwnResultOnce() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger parts = new AtomicInteger();
        GroupCommit<String, Integer, Integer> commit = new GroupCommit<>(10, part -> 1, (key, together, committing) -> {
            assertThat(running.incrementAndGet()).isEqualTo(1);
            parts.addAndGet(together.size());
            running.decrementAndGet();
            return together.stream().map(part -> part + 1).toList();
        });
        List<Future<Boolean>> all = new ArrayList<>();
        for (int caller = 0; caller < 32; caller++) {
            int base = caller * 1_000;
            all.add(callers.submit(() -> {
                for (int i = 0; i < 1_000; i++) {
                    if (commit.submit("a", base + i) != base + i + 1) {
                        return false;
                    }
                }
                return true;
            }));
        }
        for (Future<Boolean> one : all) {
            assertThat(one.get(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(parts).hasValue(32_000);
    }

    private GroupCommit<String, Integer, Integer> doubling() {
        return new GroupCommit<>(100, part -> 1, (key, parts, committing) -> {
            batches.add(parts);
            return parts.stream().map(part -> part * 2).toList();
        });
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each caller that has come is blocked somewhere: in the transaction, or in the line. */
    private void awaitWaiting(int number) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < deadline) {
            long blocked = Thread.getAllStackTraces().entrySet().stream()
                    .filter(entry -> entry.getKey().getState() == Thread.State.WAITING
                            || entry.getKey().getState() == Thread.State.TIMED_WAITING)
                    .filter(entry -> java.util.Arrays.stream(entry.getValue())
                            .anyMatch(frame -> frame.getClassName().equals(GroupCommit.class.getName())))
                    .count();
            if (blocked >= number) {
                return;
            }
            Thread.sleep(1);
        }
        throw new AssertionError("the callers do not come");
    }
}

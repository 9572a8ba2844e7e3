package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.purchases.GatewayTraffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holding up the calls of one gateway while it is replaced. */
class GatewayPauseTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final FakeServices services = new FakeServices();
    private final GatewayCalls calls = new GatewayCalls(services, Clock.systemUTC());

    @BeforeEach
    void register() {
        services.register("pay", new ScriptedGateway("pay"));
        services.register("other", new ScriptedGateway("other"));
    }

    @AfterEach
    void close() {
        calls.close();
    }

    private GatewayOutcome<String> call(String gateway) {
        return calls.call(
                gateway, LONG, (asked, deadline) -> Thread.currentThread().getName());
    }

    @Test
    void noCallBeginsUntilThePauseEndsAndNobodyElseNotices() throws InterruptedException {
        try (GatewayTraffic.Pause pause = calls.pause("pay")) {
            assertThat(call("pay")).isInstanceOf(GatewayOutcome.Absent.class);
            assertThat(call("other")).isInstanceOf(GatewayOutcome.Answered.class);
            assertThat(calls.pausedSince("pay")).isPresent();
            assertThat(pause.awaitQuiet(Duration.ZERO)).isTrue();
        }
        assertThat(call("pay")).isInstanceOf(GatewayOutcome.Answered.class);
        assertThat(calls.pausedSince("pay")).isEmpty();
    }

    @Test
    void aCallUnderWayIsAwaitedAndAnswered() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<GatewayOutcome<String>> call =
                CompletableFuture.supplyAsync(() -> calls.call("pay", LONG, (asked, deadline) -> {
                    begun.countDown();
                    awaited(end);
                    return "done";
                }));
        begun.await();
        try (GatewayTraffic.Pause pause = calls.pause("pay")) {
            assertThat(pause.awaitQuiet(Duration.ofMillis(50))).isFalse();
            end.countDown();
            assertThat(pause.awaitQuiet(LONG)).isTrue();
        }
        assertThat(call.get()).isEqualTo(new GatewayOutcome.Answered<>("done"));
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void callsThatHangDoNotTakeTheThreadsOfTheNextVersion() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            calls.call("pay", Duration.ofMillis(20), (asked, deadline) -> {
                while (never.getCount() > 0) {
                    awaited(never);
                }
                return "late";
            });
        }
        try (GatewayTraffic.Pause pause = calls.pause("pay")) {
            assertThat(pause.awaitQuiet(Duration.ofMillis(20))).isFalse();
        }
        assertThat(call("pay")).isInstanceOf(GatewayOutcome.Answered.class);
        never.countDown();
    }

    @Test
    void betweenPauseAndQuietNoCallSlipsIn() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        CompletableFuture<?>[] callers = new CompletableFuture<?>[8];
        CountDownLatch stop = new CountDownLatch(1);
        for (int i = 0; i < callers.length; i++) {
            callers[i] = CompletableFuture.runAsync(() -> {
                while (stop.getCount() > 0) {
                    calls.call("pay", LONG, (asked, deadline) -> {
                        inside.incrementAndGet();
                        Thread.yield();
                        return inside.decrementAndGet();
                    });
                }
            });
        }
        for (int round = 0; round < 200; round++) {
            try (GatewayTraffic.Pause pause = calls.pause("pay")) {
                assertThat(pause.awaitQuiet(LONG)).isTrue();
                assertThat(inside).hasValue(0);
            }
        }
        stop.countDown();
        CompletableFuture.allOf(callers).get();
    }

    @Test
    void whatACallWasGivenEndsWithIt() {
        CallEnd[] kept = new CallEnd[1];
        calls.call("pay", LONG, (asked, deadline) -> {
            kept[0] = CallEnd.ofThisThread();
            kept[0].requireUnderWay();
            return "done";
        });
        assertThatThrownBy(() -> kept[0].requireUnderWay()).isInstanceOf(IllegalStateException.class);
        CallEnd.ofThisThread().requireUnderWay();
    }
}

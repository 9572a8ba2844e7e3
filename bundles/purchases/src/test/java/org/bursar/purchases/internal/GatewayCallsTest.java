package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bursar.payments.spi.GatewayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayCallsTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final FakeServices services = new FakeServices();
    private final GatewayCalls calls = new GatewayCalls(services, Clock.systemUTC());

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void anAnswerComesBack() {
        services.register("good", new ScriptedGateway("good"));

        assertThat(calls.call(
                        "good",
                        LONG,
                        (gateway, deadline) -> gateway.descriptor().id()))
                .isEqualTo(new GatewayOutcome.Answered<>("good"));
        assertThat(services.open).hasValue(0);
    }

    @Test
    void whateverIsThrownIsAnUnknownOutcome() {
        services.register("bad", new ScriptedGateway("bad"));
        List<Throwable> failures = List.of(
                new NoClassDefFoundError("gone"),
                new IllegalStateException("?"),
                new StackOverflowError(),
                new ThreadDeathLike());
        for (Throwable failure : failures) {
            assertThat(calls.call("bad", LONG, (gateway, deadline) -> {
                        throw sneaky(failure);
                    }))
                    .isInstanceOf(GatewayOutcome.Unknown.class);
        }
        assertThat(services.open).hasValue(0);
    }

    private static final class ThreadDeathLike extends Error {
        private static final long serialVersionUID = 1L;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    @Test
    void anAnswerOfNullIsAnUnknownOutcome() {
        services.register("null", new ScriptedGateway("null"));

        assertThat(calls.call("null", LONG, (gateway, deadline) -> null)).isInstanceOf(GatewayOutcome.Unknown.class);
    }

    @Test
    void whatTheGatewayKnowsIsKept() {
        services.register("polite", new ScriptedGateway("polite"));
        for (GatewayException.Kind kind : GatewayException.Kind.values()) {
            GatewayOutcome<Object> outcome = calls.call("polite", LONG, (gateway, deadline) -> {
                throw new GatewayException(kind, "because", null, Duration.ofSeconds(7));
            });
            if (kind == GatewayException.Kind.OUTCOME_UNKNOWN) {
                assertThat(outcome).isInstanceOf(GatewayOutcome.Unknown.class);
            } else {
                assertThat(outcome)
                        .isEqualTo(new GatewayOutcome.Refused<>(
                                kind,
                                kind.name().toLowerCase(Locale.ROOT) + ": because",
                                Optional.of(Duration.ofSeconds(7))));
            }
        }
    }

    @Test
    void anAbsentGatewayStartsNoThread() {
        int before = Thread.activeCount();

        for (int i = 0; i < 50; i++) {
            assertThat(calls.call("absent-" + i, LONG, (gateway, deadline) -> "x"))
                    .isInstanceOf(GatewayOutcome.Absent.class);
        }

        assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 1);
    }

    @Test
    void aGatewayThatHangsIsGivenUpInterruptedAndHoldsUpNobodyElse() throws Exception {
        services.register("slow", new ScriptedGateway("slow"));
        services.register("good", new ScriptedGateway("good"));
        CountDownLatch interrupted = new CountDownLatch(1);

        GatewayOutcome<String> outcome = calls.call("slow", SHORT, (gateway, deadline) -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "late";
        });

        assertThat(outcome).isInstanceOf(GatewayOutcome.Unknown.class);
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(calls.call("good", LONG, (gateway, deadline) -> "fine"))
                .isEqualTo(new GatewayOutcome.Answered<>("fine"));
    }

    @Test
    void aGatewayThatIgnoresInterruptionFillsItsOwnThreadsOnlyAndTheRestIsNotExecuted() throws Exception {
        services.register("deaf", new ScriptedGateway("deaf"));
        services.register("good", new ScriptedGateway("good"));
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(30);
        try {
            List<Future<GatewayOutcome<String>>> outcomes = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                outcomes.add(callers.submit(() -> calls.call("deaf", SHORT, (gateway, deadline) -> {
                    boolean done = false;
                    while (!done) {
                        try {
                            done = release.await(30, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            // deaf
                        }
                    }
                    return "late";
                })));
            }
            int unknown = 0;
            int notExecuted = 0;
            for (Future<GatewayOutcome<String>> outcome : outcomes) {
                if (outcome.get(10, TimeUnit.SECONDS) instanceof GatewayOutcome.Unknown<String>) {
                    unknown++;
                } else {
                    notExecuted++;
                }
            }

            assertThat(unknown).isEqualTo(12);
            assertThat(notExecuted).isEqualTo(18);
            assertThat(calls.call("good", LONG, (gateway, deadline) -> "fine"))
                    .isEqualTo(new GatewayOutcome.Answered<>("fine"));
        } finally {
            release.countDown();
            callers.shutdownNow();
        }
    }
}

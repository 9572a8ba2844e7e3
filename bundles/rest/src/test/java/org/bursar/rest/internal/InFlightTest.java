package org.bursar.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final InFlight requests = new InFlight();

    @Test
    void nothingBeginsOnceItIsClosed() {
        assertThat(requests.enter()).isTrue();
        requests.leave();
        requests.close();
        assertThat(requests.enter()).isFalse();
        assertThat(requests.awaitEnd(SHORT)).isTrue();
    }

    @Test
    void theEndWaitsForTheLastRequest() throws Exception {
        requests.enter();
        requests.enter();
        requests.close();
        assertThat(requests.awaitEnd(SHORT)).isFalse();
        CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> requests.awaitEnd(LONG));
        requests.leave();
        assertThat(ended).isNotDone();
        requests.leave();
        assertThat(ended.get(20, TimeUnit.SECONDS)).isTrue();
    }
}

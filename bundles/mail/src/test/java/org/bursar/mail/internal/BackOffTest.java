package org.bursar.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final Instant CREATED = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void pausesDoubleFromAMinuteToSixHoursAndEndAfterThreeDays() {
        List<Long> minutes = new ArrayList<>();
        Instant now = CREATED;
        int attempts = 1;
        for (Optional<Instant> next = BackOff.next(attempts, CREATED, now);
                next.isPresent();
                next = BackOff.next(attempts, CREATED, now)) {
            minutes.add(Duration.between(now, next.get()).toMinutes());
            now = next.get();
            attempts++;
        }
        assertThat(minutes.subList(0, 10)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 360L);
        assertThat(minutes).allMatch(pause -> pause <= 360);
        assertThat(now).isEqualTo(CREATED.plus(Duration.ofDays(3)));
    }

    @Test
    void manyAttemptsDoNotOverflow() {
        assertThat(BackOff.next(1_000, CREATED, CREATED)).hasValue(CREATED.plus(Duration.ofHours(6)));
    }
}

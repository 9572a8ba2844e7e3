package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class RateBucketTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final long MINUTE = 60_000_000;

    /**
     * The limit as a plain list of who was let through, at which microsecond: within every stretch of time at most the limit and
     * what came back in it.
     */
    private static final class Sliding {
        private final long size;
        private final List<Long> through = new ArrayList<>();

        Sliding(long size) {
            this.size = size;
        }

        boolean take(long at) {
            boolean room = size > 0;
            for (int first = 0; first < through.size(); first++) {
                long within = through.size() - first + 1;
                room &= (within - size) * MINUTE <= size * (at - through.get(first));
            }
            if (room) {
                through.add(at);
            }
            return room;
        }
    }

    @Property
    void whoIsLetThroughIsWhomTheSlidingModelLetsThrough(
            @ForAll @IntRange(max = 70) int size, @ForAll("pauses") List<Long> pauses) {
        Sliding model = new Sliding(size);
        RateBucket bucket = RateBucket.empty(START);
        long at = 0;
        for (long pause : pauses) {
            at += pause;
            bucket = bucket.at(after(at), size);
            boolean room = bucket.hasRoom(size);
            assertThat(room).as("at %s µs", at).isEqualTo(model.take(at));
            assertThat(bucket.room(size) > 0).isEqualTo(room);
            if (room) {
                bucket = new RateBucket(bucket.level() + RateBucket.REQUEST, bucket.measuredAt());
            }
        }
    }

    @Property
    void whoWaitsAsLongAsHeIsToldIsLetThroughAndNotAMicrosecondSooner(
            @ForAll @IntRange(min = 1, max = 1_000_000) int size, @ForAll @IntRange(max = 60_000_000) int pause) {
        RateBucket full = new RateBucket(size * MINUTE - Math.min(size, pause), START);
        assertThat(full.hasRoom(size)).isEqualTo(size == 1 && pause > 0 && full.level() == 0);
        Instant free = START.plus(full.untilRoom(size));
        assertThat(full.at(free, size).hasRoom(size)).isTrue();
        assertThat(full.at(free.minusNanos(1_000), size).hasRoom(size)).isFalse();
        Instant empty = START.plus(full.untilEmpty(size));
        assertThat(full.at(empty, size).level()).isZero();
        assertThat(full.at(empty.minusNanos(1_000), size).level()).isPositive();
    }

    @Property
    void afterAPauseOfAMinuteAllOfItIsThereWhateverTheSize(@ForAll @IntRange(max = 1_000_000) int size) {
        RateBucket full = new RateBucket(size * MINUTE, START);
        assertThat(full.at(START.plusSeconds(60), size).room(size)).isEqualTo(size);
        assertThat(full.at(START.plus(Duration.ofDays(40_000)), Integer.MAX_VALUE)
                        .level())
                .isZero();
    }

    @Example
    void aClockThatIsBehindGivesNothingBackAndOneThatWasSetBackIsNotWaitedFor() {
        RateBucket full = new RateBucket(10 * MINUTE, START);
        assertThat(full.at(START.minusSeconds(60), 10)).isEqualTo(full);
        Instant longBefore = START.minusSeconds(61);
        assertThat(full.at(longBefore, 10)).isEqualTo(RateBucket.empty(longBefore));
    }

    @Example
    void whatALoweredLimitHasNoRoomForIsForgottenAndARaisedOneHasRoomAtOnce() {
        RateBucket full = new RateBucket(100 * MINUTE, START);
        assertThat(full.at(START, 10).level()).isEqualTo(10 * MINUTE);
        assertThat(full.at(START, 150).room(150)).isEqualTo(50);
        assertThat(full.at(START, 0).untilRoom(0)).isEqualTo(Duration.ofMinutes(1));
    }

    private static Instant after(long micros) {
        return START.plusNanos(micros * 1_000);
    }

    /** Many at once, some as far apart as a request is of common sizes, some far apart. */
    @Provide
    Arbitrary<List<Long>> pauses() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.just(0L)),
                        Tuple.of(3, Arbitraries.longs().between(1, 3)),
                        Tuple.of(3, Arbitraries.integers().between(1, 70).map(size -> MINUTE / size)),
                        Tuple.of(2, Arbitraries.integers().between(1, 70).map(size -> MINUTE / size + 1)),
                        Tuple.of(1, Arbitraries.longs().between(0, 2 * MINUTE)))
                .list()
                .ofMaxSize(200);
    }
}

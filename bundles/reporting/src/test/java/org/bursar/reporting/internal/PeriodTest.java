package org.bursar.reporting.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.ProblemException;
import org.bursar.reporting.Bucket;
import org.bursar.reporting.Period;
import org.bursar.testing.TestClock;
import org.junit.jupiter.api.Test;

/** How a report's period is read and widened. */
final class PeriodTest {
    private final TestClock clock = TestClock.at("2026-11-21T10:15:30Z");

    private Period of(String from, String to) {
        return Period.of(from, to, clock);
    }

    private static Period period(String from, String to) {
        return new Period(Instant.parse(from), Instant.parse(to));
    }

    private void refused(String from, String to, String pointer) {
        assertThatThrownBy(() -> of(from, to))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().errors())
                                .extracting(FieldError::pointer)
                                .containsExactly(pointer));
    }

    @Test
    void withoutBothItIsThePresentMonth() {
        assertThat(of(null, "")).isEqualTo(period("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"));
    }

    @Test
    void theLastDaysEndWithToday() {
        assertThat(Period.lastDays("1", clock)).isEqualTo(period("2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"));
        assertThat(Period.lastDays("92", clock)).isEqualTo(period("2026-08-22T00:00:00Z", "2026-11-22T00:00:00Z"));
        for (String wrong : List.of("", "0", "93", "-1", "007", "1e1", "999999999999", "٣")) {
            assertThatThrownBy(() -> Period.lastDays(wrong, clock))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().errors())
                                    .extracting(FieldError::pointer)
                                    .containsExactly("/days"));
        }
    }

    @Test
    void oneAloneTakesTheRestOfItsMonth() {
        assertThat(of("2026-02-10T12:00:00Z", null)).isEqualTo(period("2026-02-10T12:00:00Z", "2026-03-01T00:00:00Z"));
        assertThat(of(null, "2026-02-10T12:00:00Z")).isEqualTo(period("2026-02-01T00:00:00Z", "2026-02-10T12:00:00Z"));
        assertThat(of(null, "2026-02-28")).isEqualTo(period("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"));
    }

    @Test
    void datesAreIncludedWhole() {
        assertThat(of("2026-11-01", "2026-11-30")).isEqualTo(period("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"));
        assertThat(of("2026-11-21", "2026-11-21")).isEqualTo(period("2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"));
    }

    @Test
    void offsetsAreUnderstoodEvenWhenThePlusBecameABlank() {
        assertThat(of("2026-11-01T02:00:00+02:00", "2026-11-02T02:00:00 02:00"))
                .isEqualTo(period("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"));
    }

    @Test
    void whatCannotBeReadOrIsTooMuchIsRefusedAtItsField() {
        refused("yesterday", null, "/from");
        refused(null, "2026-13-01", "/to");
        refused("2026-11-21T10:00:00", null, "/from");
        refused("2026-11-21", "2026-11-01", "/to");
        refused("+10000-01-01T00:00:00Z", null, "/from");
        refused("2024-01-01", "2026-01-01", "/from");
        assertThat(of("2026-01-01T00:00:00Z", "2027-02-05T00:00:00Z").to()).isEqualTo("2027-02-05T00:00:00Z");
        refused("2026-01-01T00:00:00Z", "2027-02-05T00:00:01Z", "/from");
    }

    @Property
    void wideningCoversThePeriodWithWholeBucketsAndNoMore(
            @ForAll @IntRange(max = 2_000_000_000) int start, @ForAll @IntRange(max = 34_560_000) int seconds) {
        Period asked = new Period(Instant.ofEpochSecond(start), Instant.ofEpochSecond((long) start + seconds));
        for (Bucket bucket : Bucket.values()) {
            long length = bucket == Bucket.HOUR ? 3_600 : 86_400;
            Period whole = asked.widened(bucket);
            assertThat(whole.from().getEpochSecond() % length).isZero();
            assertThat(whole.to().getEpochSecond() % length).isZero();
            assertThat(whole.from()).isBeforeOrEqualTo(asked.from());
            assertThat(whole.to()).isAfterOrEqualTo(asked.to()).isAfter(whole.from());
            assertThat(Duration.between(whole.from(), asked.from()).toSeconds()).isLessThan(length);
            assertThat(Duration.between(asked.to(), whole.to()).toSeconds())
                    .isLessThan(seconds == 0 ? length + 1 : length);
            assertThat(whole.widened(bucket)).isEqualTo(whole);
        }
    }
}

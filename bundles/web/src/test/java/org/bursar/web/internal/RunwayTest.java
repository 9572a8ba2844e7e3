package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunwayTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    /** Days before today and what they took, in turn. */
    private static OptionalLong days(String balance, String... used) {
        Map<LocalDate, BigDecimal> charges = new HashMap<>();
        for (int i = 0; i < used.length; i += 2) {
            charges.merge(TODAY.minusDays(Long.parseLong(used[i])), new BigDecimal(used[i + 1]), BigDecimal::add);
        }
        return Runway.days(new BigDecimal(balance), charges, TODAY);
    }

    @Test
    void theMeanOfTheDaysFromTheFirstThatWasUsed() {
        // 30 in ten days, of two meters on one of them
        assertThat(days("100", "10", "10", "3", "15", "3", "5")).hasValue(33);
        assertThat(days("2.99", "1", "3")).hasValue(0);
    }

    @Test
    void todayAndWhatIsLongAgoDoNotCount() {
        assertThat(days("100", "0", "1000", "1", "10")).hasValue(10);
        assertThat(days("100", "31", "1000", "30", "30")).hasValue(100);
        assertThat(days("100", "0", "1000")).isEmpty();
        assertThat(days("100", "31", "1000")).isEmpty();
    }

    @Test
    void withoutBalanceOrUsageOrForMoreThanAYearNothingIsSaid() {
        assertThat(days("0", "1", "10")).isEmpty();
        assertThat(days("-5", "1", "10")).isEmpty();
        assertThat(days("100")).isEmpty();
        assertThat(days("100", "1", "0")).isEmpty();
        assertThat(days("365.9", "1", "1")).hasValue(365);
        assertThat(days("366", "1", "1")).isEmpty();
    }
}

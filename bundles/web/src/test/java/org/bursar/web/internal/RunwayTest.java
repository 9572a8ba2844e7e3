package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunwayTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    /** Days before today and what they took, in turn. */
    private static OptionalLong days(String balance, String... used) {
        ObjectNode usage = JsonNodeFactory.instance.objectNode();
        ArrayNode items = usage.putArray("items");
        for (int i = 0; i < used.length; i += 2) {
            items.addObject()
                    .put("day", TODAY.minusDays(Long.parseLong(used[i])).toString())
                    .put("charge", used[i + 1]);
        }
        return Runway.days(new BigDecimal(balance), new Facts(usage), TODAY);
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

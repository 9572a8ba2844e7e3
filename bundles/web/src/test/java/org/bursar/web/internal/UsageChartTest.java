package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class UsageChartTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Show SHOW = new Show(ZoneOffset.UTC);

    private static UsageChart chart(int range) throws JsonProcessingException {
        return UsageChart.of(new Facts(new ObjectMapper().readTree("""
                {"from": "2026-08-24T00:00:00Z", "to": "2026-11-22T00:00:00Z", "bucket": "day", "items": [
                  {"begin": "2026-10-22", "meter": "tokens", "charge": "100.00"},
                  {"begin": "2026-10-23", "meter": "tokens", "charge": "10.00"},
                  {"begin": "2026-11-14", "meter": "tokens", "charge": "1.00"},
                  {"begin": "2026-11-15", "meter": "tokens", "charge": "0.10"},
                  {"begin": "2026-11-15", "meter": "voice", "charge": "0.02"},
                  {"begin": "2026-11-21", "meter": "voice", "charge": "0.000001"}]}""")), range, NOW);
    }

    @Test
    void theRangeEndsWithTheTenantsTodayAndEachDayHasItsColumn() throws Exception {
        Chart week = chart(7).drawn(SHOW, "USD");
        assertThat(week.columns())
                .extracting(Chart.Column::label)
                .startsWith("15 Nov")
                .endsWith("21 Nov")
                .hasSize(7);
        assertThat(week.columns().get(0).tip()).isEqualTo("15 Nov\n$0.12");
        assertThat(week.columns().get(1).values().get(0)).isZero();
        assertThat(chart(30).drawn(SHOW, "USD").columns())
                .extracting(Chart.Column::label)
                .startsWith("23 Oct")
                .hasSize(30);
    }

    @Test
    void theTotalIsThatOfTheRange() throws Exception {
        assertThat(chart(7).total()).isEqualByComparingTo("0.120001");
        assertThat(chart(30).total()).isEqualByComparingTo("11.120001");
        assertThat(chart(90).total()).isEqualByComparingTo("111.120001");
        UsageChart nothing = UsageChart.of(Facts.NONE, 30, NOW);
        assertThat(nothing.today()).isEqualTo(LocalDate.parse("2026-11-23"));
        assertThat(nothing.known()).isFalse();
        assertThat(chart(7).known()).isTrue();
        assertThat(nothing.total()).isZero();
        assertThat(nothing.drawn(SHOW, "USD").empty()).isTrue();
    }

    @Test
    void anotherRangeThanThereIsIsTheUsualOne() {
        assertThat(UsageChart.range("7")).isEqualTo(7);
        assertThat(UsageChart.range("90")).isEqualTo(90);
        for (String none : new String[] {"", "8", "007", "-7", "9000000000", "<script>"}) {
            assertThat(UsageChart.range(none)).isEqualTo(30);
        }
    }
}

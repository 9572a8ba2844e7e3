package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageOverTimeTest {
    private static UsageOverTime series(String bucket, String from, String to) throws JsonProcessingException {
        return new UsageOverTime(
                new Facts(new ObjectMapper().readTree("""
                {"from": "%sT00:00:00Z", "to": "%sT00:00:00Z", "bucket": "%s", "items": [
                  {"begin": "2026-10-01", "meter": "minutes", "name": "Minutes", "unit": "minute", "quantity": "10", "charge": "1", "cost": "0.4"},
                  {"begin": "2026-10-01", "meter": "tokens", "name": "Tokens", "unit": "token", "quantity": "3000000", "charge": "6", "cost": "2"},
                  {"begin": "2026-11-01", "meter": "minutes", "name": "Minutes", "unit": "minute", "quantity": "5", "charge": "0.5", "cost": "3"},
                  {"begin": "2026-11-01", "meter": "words", "name": "Words", "unit": "word", "quantity": "9", "charge": "0", "cost": "0"}]}
                """.formatted(from, to, bucket))), new Show(ZoneOffset.UTC));
    }

    @Test
    void theTwoMetersThatBroughtMostHaveAChart() throws Exception {
        UsageOverTime months = series("month", "2026-09-01", "2026-12-01");
        List<UsageOverTime.MeterChart> meters = months.meters();
        assertThat(meters).extracting(UsageOverTime.MeterChart::name).containsExactly("Tokens", "Minutes");
        assertThat(meters.get(1).quantity()).isEqualByComparingTo("15");
        assertThat(meters.get(1).chart().columns())
                .extracting(Chart.Column::label)
                .containsExactly("Sep", "Oct", "Nov");
        assertThat(meters.get(1).chart().columns().get(1).values()).containsExactly(new BigDecimal("10"));
        assertThat(meters.get(0).chart().columns().get(1).tip()).isEqualTo("Oct 2026\n3\u00a0M token");
    }

    @Test
    void priceStandsBesideCostUnderTheHigherOfTheTwo() throws Exception {
        Chart chart = series("month", "2026-09-01", "2026-12-01").priceAgainstCost("USD");
        assertThat(chart.columns().get(1).values()).containsExactly(new BigDecimal("7"), new BigDecimal("2.4"));
        assertThat(chart.top()).isEqualByComparingTo("8");
        assertThat(chart.bars()).hasSize(4);
        Chart.Bar price = chart.bars().get(0);
        Chart.Bar cost = chart.bars().get(1);
        assertThat(price.css()).isEqualTo("b1");
        assertThat(cost.css()).isEqualTo("b3");
        assertThat(price.height()).isEqualTo(175);
        assertThat(price.y() + price.height()).isEqualTo(200);
        assertThat(cost.y() + cost.height()).isEqualTo(200);
        assertThat(cost.x()).isGreaterThanOrEqualTo(price.x() + price.width() - 0.2);
    }

    @Test
    void aMonthIsShownByItsDaysAndWithoutASeriesThereIsNothing() throws Exception {
        Chart days = series("day", "2026-10-01", "2026-11-01").priceAgainstCost("USD");
        assertThat(days.columns()).hasSize(31);
        assertThat(days.columns().get(0).tip()).isEqualTo("1 Oct 2026\n$7.00\n$2.40");
        UsageOverTime none = new UsageOverTime(Facts.NONE, new Show(ZoneOffset.UTC));
        assertThat(none.meters()).isEmpty();
        assertThat(none.priceAgainstCost("USD").empty()).isTrue();
    }
}

package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevenueChartTest {
    private static final Show SHOW = new Show(ZoneOffset.UTC);

    private static Facts report(String from, String to) throws JsonProcessingException {
        return facts("""
                {"from": "%sT00:00:00Z", "to": "%sT00:00:00Z", "items": [
                  {"day": "2026-10-01", "gateway": "stripe", "purchases": 1, "credits": "10.00",
                   "amount": {"amount": "9.00", "currency": "USD"}},
                  {"day": "2026-10-31", "gateway": "stripe", "purchases": 2, "credits": "20.00",
                   "amount": {"amount": "18.00", "currency": "USD"}},
                  {"day": "2026-10-31", "gateway": "bank-deposit", "purchases": 1, "credits": "5.00",
                   "amount": {"amount": "5.00", "currency": "USD"}},
                  {"day": "2026-11-01", "gateway": "stripe", "purchases": 1, "credits": "1.00",
                   "amount": {"amount": "1.00", "currency": "USD"}}]}
                """.formatted(from, to));
    }

    private static Facts facts(String json) throws JsonProcessingException {
        return new Facts(new ObjectMapper().readTree(json));
    }

    @Test
    void aYearIsShownByMonthsAndAMonthByDays() throws Exception {
        Chart year = RevenueChart.of(report("2025-12-01", "2026-12-01"), SHOW, "USD");
        assertThat(year.columns())
                .extracting(Chart.Column::label)
                .hasSize(12)
                .startsWith("Dec")
                .endsWith("Nov");
        assertThat(year.columns().get(10).values()).containsExactly(new BigDecimal("32.00"));
        assertThat(year.columns().get(10).tip()).isEqualTo("Oct 2026\n$32.00");

        Chart month = RevenueChart.of(report("2026-10-01", "2026-11-01"), SHOW, "USD");
        assertThat(month.columns()).hasSize(31);
        assertThat(month.columns().get(30).values()).containsExactly(new BigDecimal("23.00"));
    }

    @Test
    void theTableHasEachGatewayOnceAMonthTheLatestFirst() throws Exception {
        assertThat(RevenueChart.rows(report("2025-12-01", "2026-12-01")))
                .containsExactly(
                        row("Nov 2026", "stripe", 1, "1.00", "1.00"),
                        row("Oct 2026", "stripe", 3, "27.00", "30.00"),
                        row("Oct 2026", "bank-deposit", 1, "5.00", "5.00"));
        assertThat(RevenueChart.rows(report("2026-10-01", "2026-11-02"))).hasSize(4);
    }

    private static RevenueChart.Row row(String when, String gateway, int purchases, String amount, String credits) {
        return new RevenueChart.Row(when, gateway, "USD", purchases, new BigDecimal(amount), new BigDecimal(credits));
    }

    @Test
    void fourWeeksOfHealthEndToday() throws Exception {
        Facts health = facts("""
                {"checks": 30, "well": 29, "days": [
                  {"day": "2026-11-21", "checks": 24, "well": 23}, {"day": "2026-11-22", "checks": 6, "well": 6}]}
                """);
        List<HealthBars.Bar> bars = HealthBars.of(health, LocalDate.parse("2026-11-22"));
        assertThat(bars).hasSize(28);
        assertThat(bars.get(27)).isEqualTo(new HealthBars.Bar("b2", 108, 0, 16));
        assertThat(bars.get(26).css()).isEqualTo("b3");
        assertThat(bars.get(0).height()).isEqualTo(3);
        assertThat(HealthBars.hurt(health)).isEqualTo(1);
    }
}

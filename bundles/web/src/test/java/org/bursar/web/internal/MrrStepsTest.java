package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MrrStepsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Show SHOW = new Show(ZoneOffset.UTC);
    private static final String NONE = "{\"changes\": 0, \"amount\": {\"amount\": \"0.00\", \"currency\": \"USD\"}}";

    private static String line(String opening, String fresh, String churn, String closing, String counts) {
        return """
                "opening": {"amount": "%s", "currency": "USD"}, "newBusiness": %s, "expansion": %s, "contraction": %s,
                "churn": %s, "reactivation": %s, "closing": {"amount": "%s", "currency": "USD"}, "subscriptions": %s""".formatted(opening, fresh, NONE, NONE, churn, NONE, closing, counts);
    }

    private static String moved(String amount) {
        return NONE.replace("0.00", amount).replace("\"changes\": 0", "\"changes\": 1");
    }

    private static Facts report(String from, String to, String since) throws JsonProcessingException {
        String counts = "{\"opening\": %d, \"started\": %d, \"ended\": %d, \"closing\": %d}";
        return new Facts(new ObjectMapper().readTree("""
                {"from": "%sT00:00:00Z", "to": "%sT00:00:00Z", "countedSince": %s,
                 "items": [
                   {"day": "2026-09-10", %s},
                   {"day": "2026-09-20", %s},
                   {"day": "2026-09-20", "opening": {"amount": "7.00", "currency": "EUR"},
                    "newBusiness": {"changes": 1, "amount": {"amount": "9.00", "currency": "EUR"}},
                    "subscriptions": {"opening": 0, "started": 1, "ended": 0, "closing": 1}},
                   {"day": "2026-11-20", %s}],
                 "totals": [{"opening": {"amount": "7.00", "currency": "EUR"}}, {%s}]}
                """.formatted(
                        from,
                        to,
                        since == null ? "null" : '"' + since + '"',
                        line("100.00", moved("50.00"), NONE, "150.00", counts.formatted(2, 1, 0, 3)),
                        line("150.00", NONE, moved("-30.00"), "120.00", counts.formatted(3, 0, 1, 2)),
                        line("120.00", moved("49.00"), NONE, "169.00", counts.formatted(2, 1, 0, 3)),
                        line("100.00", moved("99.00"), moved("-30.00"), "169.00", counts.formatted(2, 2, 1, 3)))));
    }

    @Test
    void aYearIsMonthsUpToThePresentOneEachOpeningAsTheOneBeforeCloses() throws Exception {
        MrrSteps steps = MrrSteps.of(report("2025-12-01", "2026-12-01", null), "USD", NOW);
        assertThat(steps.latestFirst())
                .extracting(step -> step.when() + ": " + step.opening() + " " + step.change() + " " + step.closing()
                        + " of " + step.subscriptions())
                .hasSize(12)
                .startsWith(
                        "Nov 2026: 120.00 49.00 169.00 of 3",
                        "Oct 2026: 120.00 0.00 120.00 of 2",
                        "Sep 2026: 100.00 20.00 120.00 of 2",
                        "Aug 2026: 100.00 0.00 100.00 of 2");
        assertThat(steps.latest().when()).isEqualTo("Nov 2026");
        assertThat(steps.latest().average()).isEqualByComparingTo("56.33");
        MrrSteps.Step september = steps.latestFirst().get(2);
        assertThat(september.churn()).isEqualByComparingTo("-30");
        assertThat(september.moved().get(0)).isEqualTo(new MrrSteps.Moved("newBusiness", 1, new BigDecimal("50.00")));
    }

    @Test
    void aMonthIsDaysAndNoneThatHasNotCome() throws Exception {
        MrrSteps steps = MrrSteps.of(report("2026-11-01", "2026-12-01", null), "USD", NOW);
        assertThat(steps.latestFirst()).hasSize(23);
        assertThat(steps.latestFirst().get(0).when()).isEqualTo("23 Nov 2026");
        Chart chart = steps.brought(SHOW);
        assertThat(chart.columns()).hasSize(30);
        assertThat(chart.columns().get(29).tip()).isEqualTo("30 Nov 2026\n–");
        assertThat(chart.columns().get(22).values())
                .containsExactly(steps.latestFirst().get(0).closing());
        assertThat(steps.latest().change()).isEqualByComparingTo("69");
    }

    @Test
    void beforeTheCountBeganNothingIsShown() throws Exception {
        MrrSteps steps = MrrSteps.of(report("2025-12-01", "2026-12-01", "2026-09-05T10:00:00Z"), "USD", NOW);
        assertThat(steps.latestFirst())
                .extracting(MrrSteps.Step::when)
                .containsExactly("Nov 2026", "Oct 2026", "Sep 2026");
        assertThat(steps.since()).isEqualTo("2026-09-05T10:00:00Z");
        assertThat(steps.brought(SHOW).columns().get(0).tip()).isEqualTo("Dec 2025\n–");
        assertThat(MrrSteps.of(Facts.NONE, "USD", NOW).empty()).isTrue();
        assertThat(MrrSteps.of(report("2025-12-01", "2026-12-01", null), "GBP", NOW)
                        .empty())
                .isTrue();
    }

    @Test
    void monthsBeforeThereWasAnythingStandInTheChartAlone() throws Exception {
        String empty = "{\"opening\": 0, \"started\": 0, \"ended\": 0, \"closing\": 0}";
        Facts report = new Facts(new ObjectMapper().readTree("""
                {"from": "2025-12-01T00:00:00Z", "to": "2026-12-01T00:00:00Z", "items": [
                   {"day": "2026-11-20", %s}],
                 "totals": [{%s}]}
                """.formatted(
                line("0.00", moved("49.00"), NONE, "49.00", empty.replace("\"started\": 0", "\"started\": 1")),
                line("0.00", moved("49.00"), NONE, "49.00", empty.replace("\"started\": 0", "\"started\": 1")))));
        MrrSteps steps = MrrSteps.of(report, "USD", NOW);
        assertThat(steps.latestFirst()).extracting(MrrSteps.Step::when).containsExactly("Nov 2026");
        assertThat(steps.brought(SHOW).columns()).hasSize(12);
    }

    @Test
    void linesOfACountAreWhole() throws Exception {
        Chart counted = MrrSteps.of(report("2025-12-01", "2026-12-01", null), "USD", NOW)
                .counted(SHOW);
        assertThat(counted.ticks()).extracting(BigDecimal::intValueExact).containsExactly(4, 3, 2, 1, 0);
        Chart nine = Chart.ofWholes().add("Nov", java.util.List.of(BigDecimal.valueOf(9)), "9");
        assertThat(nine.top()).isEqualByComparingTo("20");
    }
}

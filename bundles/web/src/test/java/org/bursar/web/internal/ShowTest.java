package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ShowTest {
    private final Show show = new Show(ZoneOffset.UTC);

    private static BigDecimal of(String number) {
        return new BigDecimal(number);
    }

    @Test
    void amountsHaveTheirSignTwoDecimalsAndARealMinus() {
        assertThat(show.money(of("4820.5"), "USD")).isEqualTo("$4,820.50");
        assertThat(show.money(of("-142.364"), "USD")).isEqualTo("\u2212$142.36");
        assertThat(show.money(of("0"), "USD")).isEqualTo("$0.00");
        assertThat(show.money(of("-0.001"), "USD")).isEqualTo("$0.00");
        assertThat(show.change(of("500"), "USD")).isEqualTo("+$500.00");
        assertThat(show.change(of("-500"), "USD")).isEqualTo("\u2212$500.00");
    }

    @Test
    void aTenantsOwnCreditsAreNumbersOfThem() {
        assertThat(show.money(of("5000"), "credits")).isEqualTo("5,000 credits");
        assertThat(show.money(of("12.5"), "credits")).isEqualTo("12.50 credits");
    }

    @Test
    void ticksOfChartsAreShort() {
        assertThat(show.tick(of("40000.00"), "USD")).isEqualTo("$40k");
        assertThat(show.tick(of("2500.00"), "USD")).isEqualTo("$2.5k");
        assertThat(show.tick(of("2500000.00"), "")).isEqualTo("2.5M");
        assertThat(show.tick(of("7.50"), "USD")).isEqualTo("$7.50");
        assertThat(show.tick(of("0.00"), "USD")).isEqualTo("$0");
        assertThat(show.tick(of("250.00"), "credits")).isEqualTo("250");
    }

    @Test
    void unitPricesKeepTheDecimalsThatMatter() {
        assertThat(show.unitPrice(of("0.0850"), "USD")).isEqualTo("$0.085");
        assertThat(show.unitPrice(of("0.000006"), "USD")).isEqualTo("$0.000006");
        assertThat(show.unitPrice(of("12"), "USD")).isEqualTo("$12.00");
    }

    @Test
    void percentWithOneDecimalAndADashForNothing() {
        assertThat(show.percent(of("61.44"), of("100"))).isEqualTo("61.4%");
        assertThat(show.percent(of("-1"), of("3"))).isEqualTo("\u221233.3%");
        assertThat(show.percent(of("1"), of("0"))).isEqualTo("–");
    }

    @Test
    void timesAreInTheZoneAndNameIt() {
        Instant at = Instant.parse("2026-11-21T23:14:05Z");
        assertThat(show.record(at)).isEqualTo("21 Nov 2026, 23:14 UTC");
        assertThat(new Show(ZoneId.of("Asia/Tokyo")).record(at)).isEqualTo("22 Nov 2026, 08:14 Asia/Tokyo");
        assertThat(show.day(null)).isEmpty();
    }
}

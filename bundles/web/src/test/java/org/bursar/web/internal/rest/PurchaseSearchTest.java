package org.bursar.web.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PurchaseSearchTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");

    private static PurchaseSearch placed(String placed, String from, String to) {
        return new PurchaseSearch("approved", "a&b", "", placed, "", from, to);
    }

    @Test
    void aPeriodThatEndsTodayHasSoManyDaysOfTheTenantsZone() {
        assertThat(placed("7", "", "").operation(TODAY, OSLO, "USD", "limit", "12"))
                .isEqualTo("/purchases?status=approved&q=a%26b&from=2026-11-15T23%3A00%3A00Z&limit=12");
    }

    @Test
    void ofTwoDatesTheLastIsWholeAlsoWhereTheClocksChange() {
        assertThat(placed("dates", "2026-10-25", "2026-10-25").operation(TODAY, OSLO, "USD"))
                .endsWith("&from=2026-10-24T22%3A00%3A00Z&to=2026-10-25T23%3A00%3A00Z");
        assertThat(placed("dates", "", "2026-10-25").operation(TODAY, OSLO, "USD"))
                .doesNotContain("from=");
    }

    @Test
    void whatIsNoDateIsSentSoThatTheOperationSaysWhatIsWrong() {
        assertThat(placed("dates", "2026-02-30", "").operation(TODAY, OSLO, "USD"))
                .endsWith("&from=2026-02-30");
    }

    @Test
    void tabsAndFilesKeepWhatIsLookedFor() {
        assertThat(placed("dates", "2026-10-01", "").address("/purchases/export", ""))
                .isEqualTo("/purchases/export?q=a%26b&placed=dates&from=2026-10-01");
        assertThat(placed("", "", "").filtered()).isTrue();
        assertThat(new PurchaseSearch("approved", "", "", "", "", "", "").filtered())
                .isFalse();
    }

    private static String priced(String amount) {
        return new PurchaseSearch("", "", "", "", amount, "", "").operation(TODAY, OSLO, "USD");
    }

    @Test
    void anAmountIsReadAsPeopleWriteItAndInTheTenantsCurrencyUnlessItNamesOne() {
        assertThat(priced("450")).isEqualTo("/purchases?amount=450&currency=USD");
        assertThat(priced("$1,250.00")).isEqualTo("/purchases?amount=1250.00&currency=USD");
        assertThat(priced("450.00 eur")).isEqualTo("/purchases?amount=450.00&currency=EUR");
        assertThat(priced("")).isEqualTo("/purchases");
        // what is no amount is sent, so that the operation says what is wrong
        assertThat(priced("1,25")).isEqualTo("/purchases?amount=1%2C25&currency=USD");
    }
}

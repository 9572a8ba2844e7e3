package org.bursar.web.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomersSearchTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    private static final ZoneId OSLO = ZoneId.of("Europe/Oslo");

    private static CustomersSearch search(String registered, String from, String to) {
        return new CustomersSearch(
                "active", "a&b", "scale", "negative", Period.of(registered, from, to), "NO", "-name");
    }

    @Test
    void theOperationIsAskedForTheDaysOfTheTenantsZone() {
        assertThat(search("7", "", "").operation(TODAY, OSLO, "limit", "12"))
                .isEqualTo("/customers?q=a%26b&status=active&plan=scale&balance=negative"
                        + "&from=2026-11-15T23%3A00%3A00Z&country=NO&sort=-name&limit=12");
        assertThat(search("", "2026-10-25", "2026-10-25").operation(TODAY, OSLO))
                .contains("&from=2026-10-24T22%3A00%3A00Z&to=2026-10-25T23%3A00%3A00Z&");
        assertThat(search("dates", "2026-02-30", "").operation(TODAY, OSLO)).contains("&from=2026-02-30&");
    }

    @Test
    void tabsFilesAndOrdersKeepWhatIsLookedForAndClearingKeepsTabAndOrder() {
        assertThat(search("dates", "2026-10-01", "").address("/customers/export", "", "name"))
                .isEqualTo("/customers/export?q=a%26b&plan=scale&balance=negative&registered=dates"
                        + "&from=2026-10-01&country=NO&sort=name");
        assertThat(search("30", "2026-10-01", "").address()).contains("&registered=30&country=NO");
        assertThat(search("", "", "").clear()).isEqualTo("/customers?status=active&sort=-name");
    }

    @Test
    void howManyItFindsIsToldByItsTabAlone() {
        CustomersSearch tab = new CustomersSearch("active", "", "", "", Period.of("", "", ""), "", "name");
        assertThat(tab.found(views(31, false))).isEqualTo(31);
        assertThat(tab.found(views(200, false))).isEqualTo(200);
        assertThat(tab.found(views(201, false))).isNegative();
        assertThat(tab.found(views(31, true))).isNegative();
        assertThat(tab.found(views(-1, false))).isNegative();
        assertThat(search("", "", "").found(views(31, false))).isNegative();
    }

    private static List<CustomersPages.View> views(long count, boolean more) {
        return List.of(
                new CustomersPages.View("", "/customers", 99, false, false),
                new CustomersPages.View("active", "/customers?status=active", count, more, true));
    }

    @Test
    void aTabAloneIsNoFilter() {
        CustomersSearch tab = new CustomersSearch("active", "", "", "", Period.of("", "", ""), "", "name");
        assertThat(tab.filtered()).isFalse();
        assertThat(new CustomersSearch("", "", "", "", Period.of("7", "", ""), "", "").filtered())
                .isTrue();
        assertThat(search("", "", "").filtered()).isTrue();
    }
}

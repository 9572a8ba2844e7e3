package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class LifetimeValueTest {
    private static final String TWO = """
            {"items": [{"paid": {"amount": "20.00", "currency": "EUR"}, "inPeriod": {"amount": "20.00", "currency": "EUR"}},
                       {"paid": {"amount": "450.00", "currency": "USD"}, "inPeriod": {"amount": "0.00", "currency": "USD"}}]}""";

    private static LifetimeValue value(String json, String unit) throws JsonProcessingException {
        return LifetimeValue.of(new Facts(new ObjectMapper().readTree(json)), unit);
    }

    @Test
    void theTenantsCurrencyCountsAndOthersStandBesideIt() throws Exception {
        LifetimeValue dollars = value(TWO, "USD");
        assertThat(dollars.paid()).isEqualByComparingTo("450");
        assertThat(dollars.thisMonth()).isZero();
        assertThat(dollars.others())
                .extracting(other -> other.text("paid/amount"))
                .containsExactly("20.00");
        // nothing came in the tenant's own, whatever came in others
        LifetimeValue pounds = value(TWO, "GBP");
        assertThat(pounds.own()).isEqualTo("GBP");
        assertThat(pounds.paid()).isZero();
        assertThat(pounds.others()).hasSize(2);
    }

    @Test
    void creditsAreNoCurrencyThatAnybodyPaysIn() throws Exception {
        LifetimeValue credits = value(TWO, "credits");
        assertThat(credits.own()).isEqualTo("EUR");
        assertThat(credits.thisMonth()).isEqualByComparingTo("20");
        assertThat(credits.others()).hasSize(1);
        assertThat(value("{\"items\": []}", "credits").own()).isEmpty();
    }

    @Test
    void whoMayNotSeeItSeesNoZeroEither() throws Exception {
        assertThat(LifetimeValue.of(Facts.NONE, "USD").known()).isFalse();
        assertThat(value("{\"items\": []}", "USD").known()).isTrue();
    }
}

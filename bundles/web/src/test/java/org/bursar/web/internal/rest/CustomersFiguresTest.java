package org.bursar.web.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import org.bursar.web.internal.Facts;
import org.junit.jupiter.api.Test;

class CustomersFiguresTest {
    private static Facts facts(String json) throws JsonProcessingException {
        return new Facts(new ObjectMapper().readTree(json));
    }

    private static Facts month(String charged, String margin) throws JsonProcessingException {
        return facts("{\"charged\": \"%s\", \"margin\": \"%s\"}".formatted(charged, margin));
    }

    private static CustomersFigures margins(Facts now, Facts before) {
        return new CustomersFigures(Facts.NONE, Facts.NONE, now, before);
    }

    @Test
    void pointsAreTheDifferenceOfTwoPercentages() throws Exception {
        assertThat(margins(month("1000", "614"), month("500", "311")).points()).contains(new BigDecimal("-0.8"));
        assertThat(margins(month("3", "2"), month("3", "1")).points()).contains(new BigDecimal("33.3"));
        assertThat(margins(month("3", "-1"), month("0", "-1")).points()).isEmpty();
        assertThat(margins(month("0", "0"), month("3", "1")).points()).isEmpty();
        assertThat(margins(month("3", "1"), Facts.NONE).points()).isEmpty();
    }

    @Test
    void currenciesAndUnitsAreNeverAddedToEachOther() throws Exception {
        CustomersFigures figures = new CustomersFigures(facts("""
                        {"totals": [{"customers": 2, "monthly": {"amount": "90.00", "currency": "EUR"}},
                                    {"customers": 5, "monthly": {"amount": "700.00", "currency": "USD"}}]}"""), facts("""
                        {"items": [{"unit": "USD", "above": 3, "credit": "10"}, {"unit": "credits", "above": 1}]}"""), Facts.NONE, Facts.NONE);
        assertThat(figures.there()).isTrue();
        assertThat(figures.monthly("USD").whole("customers")).isEqualTo(5);
        assertThat(figures.others("USD"))
                .extracting(other -> other.text("monthly/amount"))
                .containsExactly("90.00");
        assertThat(figures.wallets("USD").whole("above")).isEqualTo(3);
        assertThat(figures.wallets("GBP").there()).isFalse();
        assertThat(margins(Facts.NONE, Facts.NONE).there()).isFalse();
    }
}

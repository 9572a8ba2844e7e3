package org.bursar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void countsTheMinorUnitsOfIso4217() {
        assertThat(Money.of("USD", new BigDecimal("5")).minor()).isEqualTo(500);
        assertThat(Money.of("JPY", new BigDecimal("500")).minor()).isEqualTo(500);
        assertThat(Money.of("KWD", new BigDecimal("5.000")).minor()).isEqualTo(5_000);
        assertThat(new Money("USD", 45_000)).hasToString("450.00 USD");
    }

    @Test
    void refusesWhatTheCurrencyCannotExpress() {
        assertThatThrownBy(() -> Money.of("USD", new BigDecimal("0.001"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.of("JPY", new BigDecimal("0.5"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Money("usd", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Money("XAU", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverAddsTwoCurrenciesAndNeverOverflows() {
        assertThatThrownBy(() -> new Money("USD", 1).plus(new Money("EUR", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Money("USD", Long.MAX_VALUE).plus(new Money("USD", 1)))
                .isInstanceOf(ArithmeticException.class);
    }
}

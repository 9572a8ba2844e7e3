package org.bursar.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeMoneyTest {
    @ParameterizedTest
    @CsvSource({
        // ISO 4217 minor units, and what Stripe is sent
        "USD, 500, 500",
        "USD, 1, 1",
        "JPY, 500, 500",
        "KRW, 1, 1",
        "XPF, 7, 7",
        "KWD, 5000, 5000",
        "BHD, 10, 10",
        // no minor unit, but sent in hundredths that must be 00
        "UGX, 5, 500",
        "ISK, 5, 500",
        // hundredths, whatever payouts do
        "HUF, 1005, 1005",
        "TWD, 80045, 80045",
        // hundredths on paper, counted whole by Stripe
        "MGA, 500, 5"
    })
    void amountsAreSentAsStripeCountsThemAndReadBack(String currency, long minor, long sent) throws GatewayException {
        Money money = Money.of(currency, minor);
        assertThat(StripeMoney.asked(money)).isEqualTo(sent);
        assertThat(StripeMoney.shown(currency.toLowerCase(java.util.Locale.ROOT), sent))
                .isEqualTo(money);
    }

    @ParameterizedTest
    @CsvSource({"KWD, 5001", "TND, 5", "MGA, 150", "ISK, 9223372036854775807"})
    void whatStripeCannotTakeExactlyIsRefusedAndNeverRounded(String currency, long minor) {
        assertThatThrownBy(() -> StripeMoney.asked(Money.of(currency, minor)))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(GatewayException.Kind.INVALID_REQUEST));
    }

    @Test
    void whatIsNoAmountIsUnknown() {
        assertThatThrownBy(() -> StripeMoney.shown("isk", 550L)).isInstanceOf(GatewayException.class);
        assertThatThrownBy(() -> StripeMoney.shown("usd", -1L)).isInstanceOf(GatewayException.class);
        assertThatThrownBy(() -> StripeMoney.shown("points", 5L)).isInstanceOf(GatewayException.class);
        assertThatThrownBy(() -> StripeMoney.shown(null, 5L)).isInstanceOf(GatewayException.class);
    }

    @Property
    void everyAmountOfHundredthsIsItself(@ForAll @LongRange(min = 0, max = 999_999_999_999L) long minor)
            throws GatewayException {
        assertThat(StripeMoney.asked(Money.of("EUR", minor))).isEqualTo(minor);
        assertThat(StripeMoney.shown("eur", minor).minor()).isEqualTo(minor);
    }
}

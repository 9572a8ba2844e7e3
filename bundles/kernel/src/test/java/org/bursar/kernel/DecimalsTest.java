package org.bursar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
    @Test
    void showsAtLeastTwoPlacesAndNoZerosBeyond() {
        assertThat(Decimals.text(new BigDecimal("0"))).isEqualTo("0.00");
        assertThat(Decimals.text(new BigDecimal("-0.000"))).isEqualTo("0.00");
        assertThat(Decimals.text(new BigDecimal("500"))).isEqualTo("500.00");
        assertThat(Decimals.text(new BigDecimal("1E+3"))).isEqualTo("1000.00");
        assertThat(Decimals.text(new BigDecimal("8.500000"))).isEqualTo("8.50");
        assertThat(Decimals.text(new BigDecimal("0.000002"))).isEqualTo("0.000002");
    }

    @Property
    void whatIsShownReadsBackAsTheSameValue(
            @ForAll @BigRange(min = "-99999999999999", max = "99999999999999") @Scale(12) BigDecimal value) {
        assertThat(Decimals.parse(Decimals.text(value))).isEqualByComparingTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " 1", "1 ", "+1", "1.", ".5", "1e3", "1,5", "NaN", "--1", "123456789012345", "0x10", "١"})
    void refusesEveryOtherForm(String text) {
        assertThatThrownBy(() -> Decimals.parse(text)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void chargesAreRoundedHalfEvenToSixPlaces() {
        assertThat(Decimals.charge(new BigDecimal("0.0000005"))).isEqualByComparingTo("0.000000");
        assertThat(Decimals.charge(new BigDecimal("0.0000015"))).isEqualByComparingTo("0.000002");
        assertThat(Decimals.charge(new BigDecimal("0.0000025"))).isEqualByComparingTo("0.000002");
    }

    @Test
    void zerosBeyondThePlacesAreNoPrecision() {
        assertThat(Decimals.fits(new BigDecimal("1.0000000"), 6)).isTrue();
        assertThat(Decimals.fits(new BigDecimal("1.0000001"), 6)).isFalse();
        assertThat(Decimals.fits(new BigDecimal("100000000000000"), 6)).isFalse();
    }
}

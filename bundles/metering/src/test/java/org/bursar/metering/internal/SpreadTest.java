package org.bursar.metering.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SpreadTest {
    private static final BigDecimal MICRO = new BigDecimal("0.000001");

    @Property
    void sharesAddUpToTheAmountAndEachIsWithinAMicroOfItsPart(
            @ForAll("amounts") BigDecimal amount, @ForAll("weights") List<BigDecimal> weights) {
        List<BigDecimal> shares = Spread.of(amount, weights);
        assertThat(shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(amount);
        BigDecimal all = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        for (int i = 0; i < shares.size(); i++) {
            BigDecimal share = shares.get(i);
            BigDecimal exact = amount.multiply(weights.get(i)).divide(all, MathContext.DECIMAL128);
            assertThat(share.subtract(exact).abs()).isLessThanOrEqualTo(MICRO);
            assertThat(share.signum() * amount.signum()).isNotNegative();
            assertThat(share.scale()).isLessThanOrEqualTo(6);
        }
    }

    @Example
    void whatAUnitIsCheaperByIsTakenOffEachHourAsOftenAsItWasUsed() {
        List<BigDecimal> used = List.of(new BigDecimal("10"), new BigDecimal("2.5"), new BigDecimal("0.1"));
        assertThat(Spread.of(new BigDecimal("-0.252"), used))
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("-0.2"), new BigDecimal("-0.05"), new BigDecimal("-0.002"));
    }

    @Provide
    Arbitrary<BigDecimal> amounts() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal("-1000"), new BigDecimal("1000"))
                .ofScale(6);
    }

    @Provide
    Arbitrary<List<BigDecimal>> weights() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("10000"))
                .ofScale(6)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .filter(weights -> weights.stream().anyMatch(weight -> weight.signum() > 0));
    }
}

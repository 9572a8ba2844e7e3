package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {
    private static Sparkline of(String... values) {
        return Sparkline.of(Arrays.stream(values).map(BigDecimal::new).toList());
    }

    @Test
    void theHighestIsAtTheTopAndNothingAtTheBottomWhateverTheScale() {
        assertThat(of("0", "5", "10", "2.5").line()).isEqualTo("M0 24L32 13.5L64 3L96 18.8");
        assertThat(of("0", "0.0005", "0.001", "0.00025")).isEqualTo(of("0", "5", "10", "2.5"));
        assertThat(of("0", "5", "10", "2.5").area()).isEqualTo("M0 24L32 13.5L64 3L96 18.8L96 26L0 26Z");
        assertThat(of("3", "3", "3").line()).isEqualTo("M0 3L48 3L96 3");
        assertThat(of("3", "3", "3").flat()).isFalse();
    }

    @Test
    void correctionsBelowZeroStayInThePicture() {
        assertThat(of("-10", "0", "10").line()).isEqualTo("M0 24L48 13.5L96 3");
        assertThat(of("-1", "-2", "0").line()).isEqualTo("M0 13.5L48 24L96 3");
    }

    @Test
    void withoutUsageItIsFlat() {
        assertThat(of("0", "0", "0").flat()).isTrue();
        assertThat(Sparkline.of(List.of())).isEqualTo(of("0", "0"));
        assertThat(of("0", "0").line()).isEqualTo("M0 24L96 24");
    }
}

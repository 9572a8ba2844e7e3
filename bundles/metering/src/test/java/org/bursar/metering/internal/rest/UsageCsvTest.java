package org.bursar.metering.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageCsvTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain | plain",
                "=1+1 | '=1+1",
                "@x | '@x",
                "+1 | '+1",
                "-x | '-x",
                "-12.5 | -12.5",
                "a,b | \"a,b\"",
                "a\"b | \"a\"\"b\"",
            })
    void aCellIsQuotedAndNeverAFormula(String text, String cell) {
        assertThat(UsageCsv.quoted(text)).isEqualTo(cell);
    }

    @Test
    void rowsShowDecimalsAsTheInterfaceDoesAndNothingForNull() {
        List<Object> cells = Arrays.asList("2026-11-21", new BigDecimal("8.500000"), null);
        assertThat(cells.stream().map(UsageCsv::cell).toList()).containsExactly("2026-11-21", "8.50", "");
    }
}

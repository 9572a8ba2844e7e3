package org.bursar.customers.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomersCsvTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "=1+1|'=1+1",
                "+cmd()|'+cmd()",
                "-2+3|'-2+3",
                "@SUM(A1)|'@SUM(A1)",
                "-10.00|-10.00",
                "+12025550189|+12025550189",
                "plain|plain"
            })
    void aFormulaBeginsWithAnApostropheAndANumberStaysOne(String text, String cell) {
        assertThat(CustomersCsv.quoted(text)).isEqualTo(cell);
    }

    @Property
    void noCellBreaksOutOfItsColumn(@ForAll String text) {
        String cell = CustomersCsv.quoted(text);

        boolean enclosed = cell.startsWith("\"") && cell.endsWith("\"") && cell.length() > 1;
        String inside = enclosed ? cell.substring(1, cell.length() - 1).replace("\"\"", "") : cell;
        assertThat(inside).doesNotContain("\"");
        if (!enclosed) {
            assertThat(cell).doesNotContain(",").doesNotContain("\n").doesNotContain("\r");
        }
    }
}

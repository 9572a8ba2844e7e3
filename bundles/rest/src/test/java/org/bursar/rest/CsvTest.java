package org.bursar.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    private static String line(Object... cells) throws Exception {
        StringWriter out = new StringWriter();
        new Csv<Object[]>("x.csv", List.of("a", "b", "c").subList(0, cells.length), Arrays::asList).row(out, cells);
        return out.toString();
    }

    @Test
    void quotesWhatRfc4180WantsQuoted() throws Exception {
        assertThat(line("plain", "a,b", "say \"hi\"\nthere")).isEqualTo("plain,\"a,b\",\"say \"\"hi\"\"\nthere\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "|x", "\r=1"})
    void aFormulaBecomesText(String formula) throws Exception {
        assertThat(line(formula).replace("\"", "")).startsWith("'");
    }

    @Test
    void signedNumbersAndTelephoneNumbersStayAsTheyAre() throws Exception {
        assertThat(line(new BigDecimal("-10.1000"), "+12025550189", null)).isEqualTo("-10.10,+12025550189,\r\n");
    }

    @Test
    void emptyCellsKeepTheirPlaces() throws Exception {
        assertThat(line(null, null, "c")).isEqualTo(",,c\r\n");
    }

    @Test
    void aRowOfAnotherWidthIsAFault() {
        Csv<String> csv = new Csv<>("x.csv", List.of("a", "b"), List::of);
        assertThatThrownBy(() -> csv.row(new StringWriter(), "one")).isInstanceOf(IllegalStateException.class);
    }
}

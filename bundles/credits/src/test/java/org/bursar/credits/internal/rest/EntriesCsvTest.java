package org.bursar.credits.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.bursar.credits.EntryKind;
import org.bursar.credits.LedgerEntry;
import org.bursar.kernel.CustomerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntriesCsvTest {
    @Test
    void anEntryIsALineWhoseNumbersStayNumbers() throws IOException {
        StringWriter out = new StringWriter();
        EntriesCsv.header(out);
        EntriesCsv.rows(
                out,
                List.of(new LedgerEntry(
                        CustomerId.next(Clock.systemUTC()),
                        7,
                        new BigDecimal("-8.500000"),
                        new BigDecimal("491.500000"),
                        EntryKind.ADJUSTMENT,
                        null,
                        "two \"calls\", dropped",
                        Instant.parse("2026-11-21T10:00:00Z"))));
        assertThat(out.toString())
                .isEqualTo("seq,createdAt,kind,amount,balanceAfter,reference,reason\r\n"
                        + "7,2026-11-21T10:00:00Z,adjustment,-8.50,491.50,,\"two \"\"calls\"\", dropped\"\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1", "|calc"})
    void aTextThatASpreadsheetWouldRunIsMadeAText(String text) {
        assertThat(EntriesCsv.cell(text)).matches(cell -> cell.startsWith("'") || cell.startsWith("\"'"));
    }
}

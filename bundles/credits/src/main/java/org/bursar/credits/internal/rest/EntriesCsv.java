package org.bursar.credits.internal.rest;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import org.bursar.credits.LedgerEntry;
import org.bursar.kernel.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * Ledger entries as CSV (RFC 4180). A text that a spreadsheet would take for a formula begins with an apostrophe
 * instead; our own numbers, signed ones among them, stay numbers.
 */
final class EntriesCsv {
    private static final String HEADER = "seq,createdAt,kind,amount,balanceAfter,reference,reason\r\n";
    private static final String FORMULA_STARTS = "=+-@\t\r\n|";

    private EntriesCsv() {}

    static void header(Writer out) throws IOException {
        out.write(HEADER);
    }

    static void rows(Writer out, List<LedgerEntry> entries) throws IOException {
        for (LedgerEntry entry : entries) {
            out.write(String.join(
                    ",",
                    Long.toString(entry.seq()),
                    entry.createdAt().toString(),
                    entry.kind().name().toLowerCase(Locale.ROOT),
                    Decimals.text(entry.amount()),
                    Decimals.text(entry.balanceAfter()),
                    cell(entry.reference()),
                    cell(entry.reason())));
            out.write("\r\n");
        }
    }

    /** A text as it stands in the file. */
    static String cell(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String safe = FORMULA_STARTS.indexOf(text.charAt(0)) < 0 ? text : '\'' + text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}

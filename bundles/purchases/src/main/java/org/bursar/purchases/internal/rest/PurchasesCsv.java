package org.bursar.purchases.internal.rest;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Page;
import org.bursar.purchases.Purchase;
import org.jspecify.annotations.Nullable;

/**
 * Purchases as CSV (RFC 4180), page after page, so that any number of them needs the memory of one page. A text that a
 * spreadsheet would take for a formula begins with an apostrophe instead.
 */
final class PurchasesCsv implements StreamingOutput {
    private static final String HEADER =
            "id,number,createdAt,customer,title,amount,currency,credits,gateway,mode,status,credited,approvedAt\r\n";
    private static final String FORMULA_STARTS = "=+-@\t\r\n|";

    private final Function<Page.Request, Page<Purchase>> pages;
    private final Page<Purchase> first;

    /** The first page is read at once, so that a refusal is still an answer of its own. */
    PurchasesCsv(Function<Page.Request, Page<Purchase>> pages) {
        this.pages = pages;
        first = pages.apply(new Page.Request(Page.MOST, null));
    }

    @Override
    public void write(OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(HEADER);
        Page<Purchase> page = first;
        while (true) {
            for (Purchase purchase : page.items()) {
                writer.write(row(purchase));
            }
            writer.flush();
            if (page.next() == null) {
                return;
            }
            page = pages.apply(new Page.Request(Page.MOST, page.next()));
        }
    }

    static String row(Purchase purchase) {
        return String.join(
                        ",",
                        purchase.id().toString(),
                        purchase.number(),
                        purchase.createdAt().toString(),
                        purchase.customer().toString(),
                        cell(purchase.title()),
                        purchase.price().amount().toPlainString(),
                        purchase.price().currency(),
                        Decimals.text(purchase.credits()),
                        cell(purchase.gateway()),
                        purchase.live() ? "live" : "test",
                        purchase.state().name().toLowerCase(Locale.ROOT),
                        Decimals.text(purchase.credited()),
                        purchase.approvedAt() == null
                                ? ""
                                : purchase.approvedAt().toString())
                + "\r\n";
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

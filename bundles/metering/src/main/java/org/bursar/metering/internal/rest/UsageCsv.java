package org.bursar.metering.internal.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Page;
import org.jspecify.annotations.Nullable;

/**
 * Every row of a list as CSV (RFC 4180), page by page, so that none has to fit into memory. A cell that a spreadsheet would
 * take for a formula begins with an apostrophe instead; numbers are no formulas.
 */
final class UsageCsv {
    private static final MediaType CSV = new MediaType("text", "csv");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final String FORMULA_STARTS = "=+-@\t\r\n|";

    private UsageCsv() {}

    /** Whether the caller likes CSV better than JSON. */
    static boolean wanted(HttpHeaders headers) {
        for (MediaType accepted : headers.getAcceptableMediaTypes()) {
            if (accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
            if (accepted.isCompatible(CSV)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Streams a list. Its first page is read before anything is sent, so that a refusal is still an answer of its own.
     *
     * @param cells what a row shows
     */
    static <T> Response answer(
            String name,
            List<String> header,
            Function<Page.Request, Page<T>> list,
            Function<T, List<@Nullable Object>> cells) {
        Page<T> first = list.apply(new Page.Request(Page.MOST, null));
        StreamingOutput rows = out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            writer.write(String.join(",", header) + "\r\n");
            Page<T> page = first;
            write(writer, page, cells);
            while (page.next() != null) {
                page = list.apply(new Page.Request(Page.MOST, page.next()));
                write(writer, page, cells);
            }
            writer.flush();
        };
        return Response.ok(rows, CSV.withCharset("utf-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".csv\"")
                .build();
    }

    private static <T> void write(Writer writer, Page<T> page, Function<T, List<@Nullable Object>> cells)
            throws IOException {
        for (T row : page.items()) {
            writer.write(cells.apply(row).stream().map(UsageCsv::cell).collect(Collectors.joining(",")) + "\r\n");
        }
    }

    static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return quoted(value instanceof BigDecimal decimal ? Decimals.text(decimal) : value.toString());
    }

    /** A cell as it stands in the file. */
    static String quoted(String text) {
        boolean formula = !text.isEmpty()
                && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        String safe = formula ? '\'' + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}

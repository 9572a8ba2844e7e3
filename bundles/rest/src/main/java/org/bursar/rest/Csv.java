package org.bursar.rest;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bursar.kernel.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * How a list is exported.
 *
 * @param filename what a browser saves it as
 * @param columns the header, in camelCase as in JSON
 * @param cells a row's cells, as many as there are columns; decimals, states and times look as they do in JSON
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180, CSV</a>
 */
public record Csv<T>(String filename, List<String> columns, Function<T, List<? extends @Nullable Object>> cells) {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");
    private static final String FORMULA_STARTS = "=+-@\t\r\n|";
    private static final String LINE_END = "\r\n";

    public Csv {
        columns = List.copyOf(columns);
    }

    /** Writes the header. */
    public void header(Writer out) throws IOException {
        out.write(String.join(",", columns) + LINE_END);
    }

    /** Writes one row. */
    public void row(Writer out, T item) throws IOException {
        List<? extends @Nullable Object> row = cells.apply(item);
        if (row.size() != columns.size()) {
            throw new IllegalStateException(row.size() + " cells for " + columns.size() + " columns");
        }
        StringJoiner line = new StringJoiner(",", "", LINE_END);
        for (Object cell : row) {
            line.add(quoted(text(cell)));
        }
        out.write(line.toString());
    }

    private static String text(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        if (cell instanceof BigDecimal decimal) {
            return Decimals.text(decimal);
        }
        return cell instanceof Enum<?> state ? state.name().toLowerCase(Locale.ROOT) : cell.toString();
    }

    /**
     * A cell as it stands in the file. What a spreadsheet would take for a formula begins with an apostrophe instead; numbers,
     * signed ones and telephone numbers among them, are none.
     */
    static String quoted(String text) {
        boolean formula = !text.isEmpty()
                && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
                && !NUMBER.matcher(text).matches();
        String safe = formula ? '\'' + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}

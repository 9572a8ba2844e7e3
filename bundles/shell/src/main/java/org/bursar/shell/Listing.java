package org.bursar.shell;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.kernel.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are written once and read twice: by people as a table, by scripts as JSON under the columns' names. Decimals and
 * states look as they do over HTTP, and nothing that a terminal would take for a command gets through.
 */
public final class Listing {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<String> columns;
    private final Set<Integer> figures = new HashSet<>();
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private @Nullable String next;

    /** The columns, in camelCase as scripts read them; people see {@code External id} for {@code externalId}. */
    public Listing(String... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row with as many cells as there are columns. */
    public Listing row(@Nullable Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        List<@Nullable Object> row = new ArrayList<>(cells.length);
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] instanceof Number) {
                figures.add(i);
            }
            row.add(cells[i]);
        }
        rows.add(row);
        return this;
    }

    /** Where the next page begins; null on the last. */
    public Listing next(@Nullable String cursor) {
        next = cursor;
        return this;
    }

    void print(PrintStream out) {
        ShellTable table = new ShellTable().emptyTableText("nothing to show");
        for (int i = 0; i < columns.size(); i++) {
            if (figures.contains(i)) {
                table.column(title(columns.get(i))).alignRight();
            } else {
                table.column(title(columns.get(i)));
            }
        }
        for (List<@Nullable Object> row : rows) {
            table.addRow().addContent(row.stream().map(Listing::printable).toArray());
        }
        table.print(out);
        if (next != null) {
            out.println("more: --after " + next);
        }
    }

    private static String title(String column) {
        String words = column.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String printable(@Nullable Object cell) {
        return cell == null ? "" : text(cell).replaceAll("\\p{Cntrl}", " ");
    }

    private static String text(Object cell) {
        if (cell instanceof BigDecimal decimal) {
            return Decimals.text(decimal);
        }
        return cell instanceof Enum<?> value ? value.name().toLowerCase(Locale.ROOT) : cell.toString();
    }

    String json() {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode items = node.putArray("items");
        for (List<@Nullable Object> row : rows) {
            ObjectNode item = items.addObject();
            for (int i = 0; i < columns.size(); i++) {
                put(item, columns.get(i), row.get(i));
            }
        }
        return node.put("next", next).toString();
    }

    private static void put(ObjectNode item, String name, @Nullable Object cell) {
        if (cell == null) {
            item.putNull(name);
        } else if (cell instanceof Integer || cell instanceof Long) {
            item.put(name, ((Number) cell).longValue());
        } else if (cell instanceof Boolean flag) {
            item.put(name, flag);
        } else {
            item.put(name, text(cell));
        }
    }
}

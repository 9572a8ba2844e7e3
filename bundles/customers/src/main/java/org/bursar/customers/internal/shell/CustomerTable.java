package org.bursar.customers.internal.shell;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.customers.internal.FoundCustomer;
import org.bursar.kernel.Decimals;
import org.jspecify.annotations.Nullable;

/** Customers as people and scripts read them in the shell. */
final class CustomerTable {
    private static final List<String> FACTS = List.of("plan", "balance", "messages", "threads");

    private CustomerTable() {}

    static void print(PrintStream out, List<FoundCustomer> customers) {
        ShellTable table = new ShellTable();
        table.column("ID");
        table.column("Name");
        table.column("Admin");
        table.column("Phone");
        table.column("Standing");
        table.column("Plan");
        table.column("Balance").alignRight();
        table.column("Messages").alignRight();
        table.column("Threads").alignRight();
        table.emptyTableText("no customers");
        for (FoundCustomer customer : customers) {
            Map<String, String> cells = cells(customer);
            table.addRow()
                    .addContent(
                            cells.get("id"),
                            cells.get("name"),
                            cells.get("email"),
                            cells.get("phone"),
                            cells.get("standing"),
                            cells.get("plan"),
                            cells.get("balance"),
                            cells.get("messages"),
                            cells.get("threads"));
        }
        table.print(out);
    }

    /** One customer below the other, each a line of label and value. */
    static void printOne(PrintStream out, FoundCustomer customer) {
        cells(customer).forEach((name, value) -> out.printf(Locale.ROOT, "%-14s %s%n", name, value));
    }

    static void printJson(PrintStream out, List<FoundCustomer> customers) {
        StringBuilder json = new StringBuilder("[");
        for (FoundCustomer customer : customers) {
            json.append(json.length() > 1 ? ",\n " : "").append(json(customer));
        }
        out.println(json.append(']'));
    }

    static String json(FoundCustomer customer) {
        StringBuilder json = new StringBuilder("{");
        cells(customer)
                .forEach((name, value) -> json.append(json.length() > 1 ? ", " : "")
                        .append(quoted(name))
                        .append(": ")
                        .append(value.isEmpty() ? "null" : quoted(value)));
        return json.append('}').toString();
    }

    private static Map<String, String> cells(FoundCustomer customer) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("id", customer.row().customerId().toString());
        cells.put("name", customer.row().name());
        cells.put("adminName", customer.admin() == null ? "" : customer.admin().name());
        cells.put("email", customer.admin() == null ? "" : customer.admin().email());
        cells.put("phone", text(customer.row().phone()));
        cells.put("country", text(customer.row().country()));
        cells.put("status", customer.row().status().name().toLowerCase(Locale.ROOT));
        cells.put("standing", customer.standing());
        FACTS.forEach(fact -> cells.put(fact, text(customer.facts().get(fact))));
        cells.put("createdAt", customer.row().createdAt().toString());
        return cells;
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof BigDecimal decimal ? Decimals.text(decimal) : value.toString();
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}

package org.bursar.customers.internal.rest;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bursar.customers.internal.CustomerRow;
import org.bursar.customers.internal.FoundCustomer;
import org.bursar.kernel.Decimals;
import org.jspecify.annotations.Nullable;

/**
 * Customers as CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe instead; numbers,
 * signed ones and telephone numbers among them, are no formulas.
 */
final class CustomersCsv {
    private static final List<String> FACTS = List.of("subscriptionStatus", "plan", "balance", "messages", "threads");
    private static final String HEADER =
            "id,name,adminName,adminEmail,phone,website,country,line1,line2,city,state,postalCode,status,standing,"
                    + "subscriptionStatus,plan,balance,messages,threads,createdAt\r\n";
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");
    private static final String FORMULA_STARTS = "=+-@\t\r\n|";

    private CustomersCsv() {}

    static void header(Writer out) throws IOException {
        out.write(HEADER);
    }

    static void row(Writer out, FoundCustomer customer) throws IOException {
        CustomerRow row = customer.row();
        StringBuilder line = new StringBuilder();
        cell(line, row.customerId());
        cell(line, row.name());
        cell(line, customer.admin() == null ? null : customer.admin().name());
        cell(line, customer.admin() == null ? null : customer.admin().email());
        cell(line, row.phone());
        cell(line, row.website());
        cell(line, row.country());
        cell(line, row.line1());
        cell(line, row.line2());
        cell(line, row.city());
        cell(line, row.state());
        cell(line, row.postalCode());
        cell(line, row.status().name().toLowerCase(Locale.ROOT));
        cell(line, customer.standing());
        FACTS.forEach(fact -> cell(line, customer.facts().get(fact)));
        cell(line, row.createdAt());
        line.setLength(line.length() - 1);
        out.write(line.append("\r\n").toString());
    }

    private static void cell(StringBuilder line, @Nullable Object value) {
        line.append(quoted(text(value))).append(',');
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal decimal) {
            return Decimals.text(decimal);
        }
        return value instanceof Enum<?> state ? state.name().toLowerCase(Locale.ROOT) : value.toString();
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

package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Words;

/**
 * The form of a plan's terms. It has a row for each meter whether the plan rates it or not, and of a tiered rate more rows than are
 * filled in, while the operation takes those alone that are: so a field's number in the form differs from its number in the JSON.
 */
public final class PlanForms {
    private static final int TIERS = 3;
    private static final int MOST_TIERS = 20;
    private static final Set<String> NONE_WHEN_ZERO = Set.of("minimum", "allowance", "trialDays");
    private static final Pattern RATE = Pattern.compile("rates\\.(\\d+)(\\..*)?");
    private static final Pattern TIER = Pattern.compile("\\.tiers\\.(\\d+)(\\..*)?");

    /** Of each rate that is sent its row, and of each of its tiers the tier's row. */
    private final List<Integer> rows = new ArrayList<>();

    private final List<List<Integer>> tiers = new ArrayList<>();
    private final Form form;

    PlanForms(Form form) {
        this.form = form;
    }

    /** A row of the form. */
    public record Row(int index, Facts meter, int tiers) {
        public String name(String field) {
            return "rates." + index + '.' + field;
        }
    }

    /** The rows for these meters, with as many tiers as are filled in and some to fill. */
    static List<Row> rows(List<Facts> meters, Form form) {
        List<Row> rows = new ArrayList<>();
        for (Facts meter : meters) {
            int index = rows.size();
            int filled = 0;
            for (int i = 0; i < MOST_TIERS; i++) {
                String tier = "rates." + index + ".tiers." + i;
                filled = form.value(tier + ".upTo").isBlank()
                                && form.value(tier + ".unitPrice").isBlank()
                        ? filled
                        : i + 1;
            }
            int more = form.value("more").equals(String.valueOf(index)) ? TIERS : 0;
            rows.add(new Row(index, meter, Math.min(MOST_TIERS, Math.max(TIERS, filled + more))));
        }
        return rows;
    }

    /** The form of terms as they are. */
    static List<String> pairs(Facts terms, List<Facts> meters) {
        List<String> pairs = new ArrayList<>();
        for (String name : new String[] {
            "key",
            "name",
            "price.amount",
            "cycle",
            "cycleStart",
            "minimum",
            "allowance",
            "trialDays",
            "graceDays",
            "limits.users",
            "limits.concurrency",
            "limits.requestsPerMinute",
            "changes.upgrade",
            "changes.downgrade"
        }) {
            pairs.add(name);
            String value = terms.text(name.replace('.', '/'));
            pairs.add(NONE_WHEN_ZERO.contains(name) && value.matches("0+(\\.0+)?") ? "" : value);
        }
        for (int i = 0; i < meters.size(); i++) {
            String key = meters.get(i).text("key");
            for (Facts rate : terms.list("rates")) {
                if (rate.is("meter", key)) {
                    rate(pairs, "rates." + i + '.', rate);
                }
            }
        }
        return pairs;
    }

    private static void rate(List<String> pairs, String at, Facts rate) {
        for (String name : new String[] {"model", "included", "unitPrice", "packagePrice", "packageSize"}) {
            pairs.add(at + name);
            pairs.add(rate.text(name));
        }
        int tier = 0;
        for (Facts each : rate.list("tiers")) {
            pairs.add(at + "tiers." + tier + ".upTo");
            pairs.add(each.text("upTo"));
            pairs.add(at + "tiers." + tier + ".unitPrice");
            pairs.add(each.text("unitPrice"));
            tier++;
        }
    }

    /** What is sent: terms with the rates that were filled in. */
    ObjectNode json(List<Facts> meters, String unit) {
        ObjectNode body = form.json(
                "price.amount", "cycle", "cycleStart", "minimum", "allowance", "changes.upgrade", "changes.downgrade");
        body.withObject("/price").put("currency", unit);
        form.wholes(body, "trialDays", "graceDays", "limits.users", "limits.concurrency", "limits.requestsPerMinute");
        ArrayNode rates = body.putArray("rates");
        for (int i = 0; i < meters.size(); i++) {
            String at = "rates." + i + '.';
            String model = form.value(at + "model");
            if (model.isEmpty()) {
                continue;
            }
            ObjectNode rate = rates.addObject();
            rate.put("meter", meters.get(i).text("key")).put("model", model);
            put(rate, "included", at);
            rows.add(i);
            List<Integer> own = new ArrayList<>();
            tiers.add(own);
            switch (model) {
                case "per_unit" -> put(rate, "unitPrice", at);
                case "package" -> {
                    put(rate, "packagePrice", at);
                    put(rate, "packageSize", at);
                }
                default -> tiers(rate.putArray("tiers"), at, own);
            }
        }
        return body;
    }

    private void put(ObjectNode json, String name, String at) {
        String value = form.value(at + name).strip();
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }

    private void tiers(ArrayNode all, String at, List<Integer> own) {
        for (int i = 0; i < MOST_TIERS; i++) {
            String tier = at + "tiers." + i + '.';
            if (!form.value(tier + "upTo").isBlank()
                    || !form.value(tier + "unitPrice").isBlank()) {
                ObjectNode each = all.addObject();
                put(each, "upTo", tier);
                put(each, "unitPrice", tier);
                own.add(i);
            }
        }
    }

    /** The refusal at the fields that it is about. */
    Form refused(Reply reply, Words words) {
        return form.refused(reply, words, this::field);
    }

    private String field(String name) {
        Matcher rate = RATE.matcher(name);
        if (!rate.matches() || Integer.parseInt(rate.group(1)) >= rows.size()) {
            return name;
        }
        int number = Integer.parseInt(rate.group(1));
        String rest = rate.group(2) == null ? ".model" : rate.group(2);
        Matcher tier = TIER.matcher(rest);
        if (tier.matches()) {
            List<Integer> own = tiers.get(number);
            int sent = Integer.parseInt(tier.group(1));
            String field = tier.group(2) == null ? ".unitPrice" : tier.group(2);
            rest = ".tiers." + (sent < own.size() ? own.get(sent) : sent) + field;
        } else if (rest.equals(".tiers")) {
            rest = ".tiers.0.unitPrice";
        }
        return "rates." + rows.get(number) + rest;
    }
}

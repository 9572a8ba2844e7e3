package org.bursar.reporting.internal.shell;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bursar.kernel.Decimals;
import org.bursar.reporting.Period;
import org.bursar.reporting.ProfitabilityReport;
import org.bursar.reporting.UsageReport;

/** Reports for scripts. */
final class ReportLines {
    private static final JsonMapper JSON = new JsonMapper();

    private ReportLines() {}

    static String period(Period period) {
        return "from " + period.from() + " to " + period.to();
    }

    private static ObjectNode begin(Period period) {
        return JSON.createObjectNode()
                .put("from", period.from().toString())
                .put("to", period.to().toString());
    }

    static String json(UsageReport report) {
        ObjectNode node = begin(report.period());
        node.put("customer", report.customer().map(Object::toString).orElse(null));
        ArrayNode items = node.putArray("items");
        for (UsageReport.Line line : report.lines()) {
            items.addObject()
                    .put("meter", line.meter())
                    .put("name", line.name())
                    .put("unit", line.unit())
                    .put("events", line.events())
                    .put("quantity", Decimals.text(line.quantity()))
                    .put("unitPrice", line.unitPrice().map(Decimals::text).orElse(null))
                    .put(
                            "effectiveUnitPrice",
                            line.effectiveUnitPrice().map(Decimals::text).orElse(null))
                    .put("charge", Decimals.text(line.charge()))
                    .put("cost", line.cost().map(Decimals::text).orElse(null));
        }
        node.putObject("totals")
                .put("charge", Decimals.text(report.charge()))
                .put("cost", report.cost().map(Decimals::text).orElse(null));
        return node.toString();
    }

    static String json(ProfitabilityReport report) {
        ObjectNode node = figures(begin(report.period()), report.sum());
        ArrayNode customers = node.putArray("customers");
        for (ProfitabilityReport.Line line : report.customers()) {
            figures(
                    customers
                            .addObject()
                            .put("customer", line.customer().toString())
                            .put("name", line.name().orElse(null)),
                    line.sum());
        }
        return node.put("next", report.next()).toString();
    }

    private static ObjectNode figures(ObjectNode node, ProfitabilityReport.Sum sum) {
        return node.put("charged", Decimals.text(sum.charged()))
                .put("cost", Decimals.text(sum.cost()))
                .put("margin", Decimals.text(sum.margin()))
                .put("settledHolds", Decimals.text(sum.settledHolds()));
    }
}

package org.bursar.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How PostgreSQL runs a statement, as explain (verbose, format json) tells it. */
final class QueryPlan {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TENANT_FIRST = Pattern.compile("^\\(+(\\w+\\.)?tenant_id = .*");
    private static final Set<String> THROUGH_AN_INDEX = Set.of("Index Scan", "Index Only Scan", "Bitmap Index Scan");

    private final JsonNode root;

    private QueryPlan(JsonNode root) {
        this.root = root;
    }

    static QueryPlan of(String json) {
        try {
            return new QueryPlan(JSON.readTree(json).get(0).get("Plan"));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What does not go to the tenant's rows by an index. */
    List<String> faults(Set<String> withoutTenant) {
        List<String> faults = new ArrayList<>();
        faults(root, withoutTenant, faults);
        return faults;
    }

    private static void faults(JsonNode node, Set<String> withoutTenant, List<String> faults) {
        String type = node.path("Node Type").asText();
        String relation = relation(node);
        if (!withoutTenant.contains(relation)) {
            if (type.equals("Seq Scan")) {
                faults.add("reads all of " + relation);
            } else if (THROUGH_AN_INDEX.contains(type)
                    && !TENANT_FIRST.matcher(node.path("Index Cond").asText()).matches()) {
                faults.add("reads " + node.path("Index Name").asText() + " by "
                        + node.path("Index Cond").asText("nothing"));
            }
        }
        node.path("Plans").forEach(child -> faults(child, withoutTenant, faults));
    }

    private static String relation(JsonNode node) {
        return node.path("Schema").asText() + "." + node.path("Relation Name").asText();
    }

    /** How many rows of tables were looked at, after explain analyze. */
    long looked() {
        return looked(root);
    }

    private static long looked(JsonNode node) {
        double rows = 0;
        if (node.has("Relation Name") && !node.path("Node Type").asText().equals("ModifyTable")) {
            rows = (node.path("Actual Rows").asDouble()
                            + node.path("Rows Removed by Filter").asDouble()
                            + node.path("Rows Removed by Index Recheck").asDouble())
                    * node.path("Actual Loops").asDouble();
        }
        long all = Math.round(rows);
        for (JsonNode child : node.path("Plans")) {
            all += looked(child);
        }
        return all;
    }

    @Override
    public String toString() {
        return root.toPrettyString();
    }
}

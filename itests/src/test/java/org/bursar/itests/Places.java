package org.bursar.itests;

import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each parameter and each field of the interface stands for: the kind of thing that it names, or that it names none. What is
 * not known here fails the tests that ask, by its name.
 */
final class Places {
    /** Stands for nothing that belongs to somebody. */
    static final String NOTHING = "";

    private static final Pattern HOLE = Pattern.compile("\\{([^}]+)}");

    /** By the segment before. */
    private static final Map<String, String> PATH = Map.ofEntries(
            Map.entry("access", "customer"),
            Map.entry("add-ons", "add-on"),
            Map.entry("api-keys", "api-key"),
            Map.entry("audit-entries", "audit-entry"),
            Map.entry("caps", "user"),
            Map.entry("customers", "customer"),
            Map.entry("domains", "domain"),
            Map.entry("entries", "seq"),
            Map.entry("events", "usage-event"),
            Map.entry("gateways", NOTHING), // the platform's; each tenant has settings of its own
            Map.entry("holds", "hold"),
            Map.entry("leases", "lease"),
            Map.entry("lifetime-value", "customer"),
            Map.entry("messages", "message"),
            Map.entry("meters", "meter"),
            Map.entry("one-time-links", NOTHING), // a secret, which opens for whoever has it
            Map.entry("packages", "package"),
            Map.entry("permission-sets", "permission-set"),
            Map.entry("plans", "plan"),
            Map.entry("purchases", "purchase"),
            Map.entry("rate-limits", "customer"),
            Map.entry("refunds", "refund"),
            Map.entry("repricings", "repricing"),
            Map.entry("saved-methods", "saved-method"),
            Map.entry("seals", "seq"),
            Map.entry("sessions", "session"),
            Map.entry("subscriptions", "customer"),
            Map.entry("tenants", "tenant"),
            Map.entry("threads", "thread"),
            Map.entry("top-ups", "customer"),
            Map.entry("usage", "customer"),
            Map.entry("users", "user"),
            Map.entry("versions", "seq"),
            Map.entry("wallets", "customer"),
            Map.entry("webhook-deliveries", "webhook-delivery"),
            Map.entry("webhook-endpoints", "webhook-endpoint"),
            Map.entry("webhooks", NOTHING), // a secret, which takes what anybody sends who has it
            Map.entry("wholesale", "tenant"),
            Map.entry("workspaces", "workspace"));

    private static final Map<String, String> QUERY = Map.ofEntries(
            Map.entry("active", NOTHING),
            Map.entry("after", NOTHING), // cursors are tried by themselves
            Map.entry("amount", NOTHING),
            Map.entry("balance", NOTHING),
            Map.entry("country", NOTHING),
            Map.entry("currency", NOTHING),
            Map.entry("customer", "customer"),
            Map.entry("customers", "customer"),
            Map.entry("days", NOTHING),
            Map.entry("endpoint", "webhook-endpoint"),
            Map.entry("from", NOTHING),
            Map.entry("gateway", NOTHING),
            Map.entry("limit", NOTHING),
            Map.entry("meter", "meter-key"),
            Map.entry("plan", "plan-key"),
            Map.entry("q", "company"),
            Map.entry("role", NOTHING),
            Map.entry("sort", NOTHING),
            Map.entry("status", NOTHING),
            Map.entry("subject", "customer"),
            Map.entry("to", NOTHING),
            Map.entry("user", "user"));

    /** By the name of the field, wherever it is. */
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("customer", "customer"),
            Map.entry("meter", "meter-key"),
            Map.entry("method", "saved-method"),
            Map.entry("package", "package"),
            Map.entry("parent", "customer"),
            Map.entry("permissionSet", "permission-set"),
            Map.entry("plan", "plan-key"),
            Map.entry("subject", "customer"),
            Map.entry("user", "user"),
            Map.entry("workspace", "workspace"),
            Map.entry("workspaces", "workspace"));

    /** Fields that name nothing of somebody's, or only what the sender has named himself. */
    private static final Set<String> NAME_NOTHING = Set.of(
            "access",
            "accountHolder",
            "accountNumber",
            "active",
            "address",
            "admin",
            "agent",
            "aggregation",
            "allowance",
            "amount",
            "below",
            "by",
            "challenge",
            "changes",
            "city",
            "code",
            "colour",
            "companyName",
            "concurrency",
            "contact",
            "content",
            "costPerUnit",
            "country",
            "credits",
            "currency",
            "current",
            "cycle",
            "cycleStart",
            "data",
            "description",
            "downgrade",
            "email",
            "enabled",
            "evidence",
            "events",
            "expiresAt",
            "externalId",
            "final",
            "firstName",
            "gateway",
            "graceDays",
            "host",
            "id",
            "included",
            "instructions",
            "key",
            "kind",
            "lastName",
            "limit",
            "limits",
            "line1",
            "line2",
            "maxQuantity",
            "metadata",
            "minQuantity",
            "minimum",
            "mode",
            "model",
            "mostADay",
            "mostAMonth",
            "name",
            "new",
            "notifyEmail",
            "note",
            "notes",
            "operation",
            "overdraft",
            "owner",
            "packagePrice",
            "packageSize",
            "password",
            "period",
            "permissions",
            "phone",
            "postalCode",
            "price",
            "priority",
            "quantity",
            "raisesBy",
            "rate",
            "rates",
            "reason",
            "received",
            "renewals",
            "requestsPerMinute",
            "role",
            "sandbox",
            "saveMethod",
            "senderAddress",
            "slip",
            "slug",
            "source",
            "specversion",
            "state",
            "status",
            "supportEmail",
            "tiers",
            "texts",
            "time",
            "timeZone",
            "to",
            "trialDays",
            "ttlSeconds",
            "type",
            "unit",
            "unitPrice",
            "upTo",
            "upgrade",
            "url",
            "usageEvent",
            "users",
            "verified",
            "version",
            "website",
            "when");

    private Places() {}

    /** The kinds of the parameters in a path, in their order. */
    static List<String> kinds(OpenApi.Operation operation) {
        List<String> kinds = new ArrayList<>();
        String before = "";
        for (String segment : operation.path().substring(1).split("/")) {
            if (segment.startsWith("{")) {
                String kind = PATH.get(before);
                assertNotNull(operation + ": what does " + segment + " stand for? Add it to Places", kind);
                kinds.add(kind);
            }
            before = segment;
        }
        return kinds;
    }

    /** The address with these values in the places of the path's parameters. */
    static String path(OpenApi.Operation operation, List<String> values) {
        Matcher hole = HOLE.matcher(operation.path());
        StringBuilder path = new StringBuilder("/api/v1");
        for (int which = 0; hole.find(); which++) {
            hole.appendReplacement(path, Matcher.quoteReplacement(values.get(which)));
        }
        return hole.appendTail(path).toString();
    }

    /** The values that an owner has for the places of a path. */
    static List<String> values(OpenApi.Operation operation, Owner owner) {
        List<String> values = new ArrayList<>();
        for (String kind : kinds(operation)) {
            values.add(kind.equals(NOTHING) ? "bank-deposit" : kind.equals("seq") ? "1" : owner.id(kind));
        }
        return values;
    }

    /** The query without which an operation is refused, with what an owner has for it; empty for most. */
    static String needed(OpenApi.Operation operation, Owner owner) {
        List<String> needed = new ArrayList<>();
        Map<String, String> kinds = query(operation);
        for (OpenApi.Parameter parameter : operation.in("query")) {
            if (parameter.required()) {
                needed.add(parameter.name() + '=' + owner.id(kinds.get(parameter.name())));
            }
        }
        return needed.isEmpty() ? "" : '?' + String.join("&", needed);
    }

    /** The query parameters that name a thing, with its kind. */
    static Map<String, String> query(OpenApi.Operation operation) {
        Map<String, String> kinds = new LinkedHashMap<>();
        for (OpenApi.Parameter parameter : operation.in("query")) {
            String kind = QUERY.get(parameter.name());
            assertNotNull(operation + ": what does ?" + parameter.name() + " stand for? Add it to Places", kind);
            if (!kind.equals(NOTHING)) {
                kinds.put(parameter.name(), kind);
            }
        }
        return kinds;
    }

    /** The fields of a body that name a thing, by their pointers, with its kind. */
    static Map<String, String> body(OpenApi api, OpenApi.Operation operation) {
        Map<String, String> kinds = new LinkedHashMap<>();
        for (JsonNode schema : operation.bodies().values().stream().limit(1).toList()) {
            for (Map.Entry<String, JsonNode> field : api.fields(schema).entrySet()) {
                String pointer = field.getKey();
                String name = pointer.replace("/*", "").replaceFirst(".*/", "");
                String kind = FIELDS.get(name);
                boolean id = OpenApi.isId(field.getValue());
                assertTrue(
                        operation + ": what does " + pointer + " stand for? Add it to Places",
                        kind != null || name.isEmpty() || NAME_NOTHING.contains(name) && !id);
                boolean single = !field.getValue().path("type").asText().equals("array");
                if (kind != null && single) {
                    kinds.put(pointer, kind);
                }
            }
        }
        return kinds;
    }

    /** An id that nothing has, of the same form. */
    static String absent(String id) {
        return id.matches("[a-z]+_[0-9a-z]{26}")
                ? id.replaceFirst("_[0-9a-z]{26}$", "_01h2xcejqtf2nbrexx3vqjhp41")
                : id.matches("\\d+") ? "987654321" : id.replaceFirst("^.{3}", "zzq");
    }
}

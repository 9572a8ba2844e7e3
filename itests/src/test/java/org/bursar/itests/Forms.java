package org.bursar.itests;

import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body for each operation that takes one, with every field that it has, right in each. In it {@code $kind} is the id of one of
 * the owner's things, {@code ~kind} its canary, {@code ^} a number of its own and {@code @now} the time.
 */
final class Forms {
    static final String PASSWORD = "Anchor-Below-5-Decks";
    static final String OTHER_PASSWORD = "Lantern-Over-9-Piers";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicLong NUMBER = new AtomicLong(100);
    private static final Pattern HOLE = Pattern.compile("[$~]([a-z]+(?:-[a-z]+)*)|\\^|@now");

    private static final String ADDRESS = """
            {"line1": "~line ^", "line2": "~line", "city": "~city", "state": "OR", "postalCode": "97209"}""";
    private static final String COMPANY = """
            "companyName": "~company ^", "website": "~site.example", "phone": "+12025550189", "country": "US",
            "address": %s, "description": "~description", "notes": "~notes",
            "contact": {"name": "~contact", "phone": "+12025550123", "email": "ida@~contact.example", "address": "~contact street"},
            "workspaces": ["$workspace"]""".formatted(ADDRESS);
    private static final String RATES = """
            "rates": [{"meter": "$meter-key", "included": "500", "model": "per_unit", "unitPrice": "0.085"},
              {"meter": "$second-meter-key", "included": "0", "model": "graduated",
               "tiers": [{"upTo": "1000", "unitPrice": "0.000006"}, {"unitPrice": "0.000004"}]},
              {"meter": "$third-meter-key", "included": "0", "model": "package", "packagePrice": "1.00", "packageSize": "10"}]""";
    private static final String TERMS = """
            "price": {"amount": "799.00", "currency": "USD"}, "cycle": "month", "limits": {"users": 5000, "concurrency": 10,
              "requestsPerMinute": 1000000},
            "changes": {"upgrade": "now", "downgrade": "cycle_end"}, "trialDays": 0, "graceDays": 30,
              "minimum": "0.00", "cycleStart": "anniversary", "allowance": "0.00",
            """ + RATES;
    private static final String ADD_ON = """
            "name": "~add-on", "unitPrice": {"amount": "9.00", "currency": "USD"}, "limit": "concurrency", "raisesBy": 1,
            "minQuantity": "1", "maxQuantity": "100", "active": true}""";
    private static final String REASON = "{\"reason\": \"~reason ^\"}";
    private static final String REPRICING =
            "{\"cycle\": \"@now\", \"plan\": \"$plan-key\", \"version\": 1, \"reason\": \"~reason ^\"}";
    private static final String PACKAGE = """
            {"name": "~package ^", "price": {"amount": "450.00", "currency": "USD"}, "credits": "500.00", "active": true}""";
    private static final String WEBHOOK = """
            {"url": "https://hooks.~endpoint.example/^", "description": "~description", "events": ["purchase.*"],
             "notifyEmail": "ops@~endpoint.example", "enabled": true}""";
    private static final String NAMED_SET = """
            {"name": "~permission-set ^", "permissions": ["customers:read", "threads:read", "users:read"]}""";

    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /add-ons", "{\"key\": \"add-on-^\", " + ADD_ON),
            Map.entry("PATCH /add-ons/{id}", "{" + ADD_ON),
            Map.entry("POST /api-keys", """
                    {"name": "~api-key", "permissions": ["customers:read"], "customer": "$customer"}"""),
            Map.entry("POST /customers", "{" + COMPANY + """
                    , "admin": {"firstName": "~first-name", "lastName": "~last-name", "email": "admin^@~mail.example",
                    "password": "Anchor-Below-5-Decks"}, "parent": "$head-customer", "plan": "$plan-key"}"""),
            Map.entry("PATCH /customers/{id}", "{" + COMPANY + ", \"parent\": null}"),
            Map.entry("POST /customers/{id}/activate", REASON),
            Map.entry("POST /customers/{id}/deactivate", REASON),
            Map.entry("POST /customers/{id}/resume", REASON),
            Map.entry("POST /customers/{id}/suspend", REASON),
            Map.entry("PUT /customers/{id}/workspaces", "{\"workspaces\": [\"$workspace\"]}"),
            Map.entry("PATCH /gateways/{gateway}", "{\"enabled\": true, \"mode\": \"test\"}"),
            Map.entry("PUT /gateways/{gateway}/settings", """
                    {"accountHolder": "~holder", "accountNumber": "000123456789", "bank": "~bank", "instructions": "~instructions"}"""),
            Map.entry("PUT /gateways/{gateway}/platform-settings", """
                    {"accountHolder": "~holder", "accountNumber": "000123456789", "bank": "~bank", "instructions": "~instructions"}"""),
            Map.entry("POST /holds", """
                    {"customer": "$customer", "amount": "5.00", "ttlSeconds": 3600, "usageEvent": "~usage-event", "user": "$member"}"""),
            Map.entry("POST /holds/{id}/extend", "{\"ttlSeconds\": 3600}"),
            Map.entry("POST /holds/{id}/settle", "{\"amount\": \"1.25\", \"final\": true}"),
            Map.entry("POST /leases", """
                    {"customer": "$customer", "limit": "concurrency", "ttlSeconds": 3600}"""),
            Map.entry("POST /leases/{id}/renew", "{\"ttlSeconds\": 3600}"),
            Map.entry("POST /me/password", """
                    {"current": "Lantern-Over-9-Piers", "new": "Lantern-Over-9-Piers"}"""),
            Map.entry("POST /me/second-factor", "{\"password\": \"Lantern-Over-9-Piers\"}"),
            Map.entry("POST /me/second-factor/confirm", "{\"code\": \"123456\"}"),
            Map.entry("POST /me/second-factor/remove", "{\"password\": \"Lantern-Over-9-Piers\"}"),
            Map.entry("POST /meters", """
                    {"key": "meter-^", "name": "~meter", "unit": "minute", "costPerUnit": "0.031", "aggregation": "sum"}"""),
            Map.entry("PATCH /meters/{id}", "{\"name\": \"~meter\", \"unit\": \"minute\", \"costPerUnit\": \"0.04\"}"),
            Map.entry("POST /one-time-links/{token}/password", "{\"password\": \"Lantern-Over-9-Piers\"}"),
            Map.entry("POST /packages", PACKAGE),
            Map.entry("PATCH /packages/{package}", PACKAGE),
            Map.entry("POST /password-resets", "{\"email\": \"nobody^@~mail.example\"}"),
            Map.entry("POST /permission-sets", NAMED_SET),
            Map.entry("PATCH /permission-sets/{id}", NAMED_SET),
            Map.entry("POST /plans", "{\"key\": \"plan-^\", \"name\": \"~plan\", " + TERMS + "}"),
            Map.entry("PATCH /plans/{id}", "{\"name\": \"~plan\"}"),
            Map.entry("POST /plans/{id}/versions", "{" + TERMS + "}"),
            Map.entry("POST /purchases", """
                    {"customer": "$customer", "package": "$package", "plan": null, "gateway": "bank-deposit",
                     "saveMethod": false}"""),
            Map.entry("POST /purchases/{purchase}/approve", """
                    {"received": {"amount": "450.00", "currency": "USD"}, "evidence": "~evidence"}"""),
            Map.entry("POST /purchases/{purchase}/cancel", REASON),
            Map.entry("POST /purchases/{purchase}/claim", "{\"slip\": \"%PDF-1.4 ~slip\", \"note\": \"~note\"}"),
            Map.entry("POST /purchases/{purchase}/decline", REASON),
            Map.entry("POST /purchases/{purchase}/refund", """
                    {"amount": {"amount": "1.00", "currency": "USD"}, "reason": "~reason ^"}"""),
            Map.entry("POST /purchases/{purchase}/refund/preview", """
                    {"amount": {"amount": "1.00", "currency": "USD"}}"""),
            Map.entry("POST /rate-limits/{customer}/take", "{\"limit\": \"requests_per_minute\"}"),
            Map.entry("POST /sessions", """
                    {"email": "$admin-email", "password": "Lantern-Over-9-Piers", "challenge": null, "code": null}"""),
            Map.entry("PUT /subscriptions/{customer}", "{\"plan\": \"$plan-key\", \"when\": \"now\"}"),
            Map.entry("PUT /subscriptions/{customer}/overrides", """
                    {"price": {"amount": "799.00", "currency": "USD"}, "minimum": "0.00", "when": "now",
                    """ + RATES + "}"),
            Map.entry("PUT /subscriptions/{customer}/add-ons/{addOn}", "{\"quantity\": \"10\"}"),
            Map.entry("POST /subscriptions/{customer}/cancel", "{\"when\": \"cycle_end\"}"),
            Map.entry("POST /subscriptions/{customer}/lock", REASON),
            Map.entry("POST /subscriptions/{customer}/preview", "{\"plan\": \"$plan-key\", \"when\": \"now\"}"),
            Map.entry("POST /subscriptions/{customer}/usage-cycle/reset", REASON),
            Map.entry("POST /tenants", """
                    {"slug": "~slug", "name": "~tenant", "kind": "agency", "unit": "USD", "timeZone": "UTC", "sandbox": true, "owner": {"firstName": "~first-name",
                     "lastName": "~last-name", "email": "owner^@~mail.example", "password": "Lantern-Over-9-Piers"}}"""),
            Map.entry("PATCH /tenants/{id}", "{\"name\": \"~tenant\", \"kind\": \"agency\", \"timeZone\": \"UTC\"}"),
            Map.entry("PUT /tenants/{id}/brand", """
                    {"name": "~brand", "colour": "#1f6feb", "senderAddress": "desk@~brand.example", "supportEmail": "help@~brand.example"}"""),
            Map.entry("POST /tenants/{id}/clock/advance", "{\"by\": \"PT1S\", \"to\": null}"),
            Map.entry("POST /tenants/{id}/domains", "{\"host\": \"h^.~domain.example\"}"),
            Map.entry("PUT /tenants/{id}/domains/{host}", "{\"verified\": true}"),
            Map.entry(
                    "PUT /tenants/{id}/logo",
                    "{\"content\": \"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgzk4CAAFdANmuFgbSAAAAAElFTkSuQmCC\"}"),
            Map.entry("POST /tenants/{id}/resume", REASON),
            Map.entry("POST /tenants/{id}/suspend", REASON),
            Map.entry("POST /threads", """
                    {"customer": "$customer", "agent": "~agent", "externalId": "call-^", "workspace": "$workspace", "user": "$member"}"""),
            Map.entry("PATCH /threads/{thread}", "{\"status\": \"open\"}"),
            Map.entry("PUT /tenants/{id}/texts", "{\"texts\": {\"disabled.message\": \"~words\"}}"),
            Map.entry("POST /threads/{thread}/messages", """
                    {"role": "user", "content": "~message", "externalId": "message-^", "metadata": {"note": "~metadata"}}"""),
            Map.entry("PUT /top-ups/{customer}", """
                    {"enabled": false, "below": "20.00", "package": "$package", "method": "$saved-method", "mostADay": 1,
                     "mostAMonth": 10, "renewals": false}"""),
            Map.entry("POST /usage-events", """
                    {"specversion": "1.0", "id": "event-^", "source": "/voice", "type": "$meter-key", "subject": "$customer",
                     "time": "@now", "data": {"quantity": "3", "note": "~attribute"}}"""),
            Map.entry("POST /usage/{customer}/repricings", REPRICING),
            Map.entry("POST /usage/{customer}/repricings/preview", REPRICING),
            Map.entry("POST /users", """
                    {"firstName": "~first-name", "lastName": "~last-name", "email": "user^@~mail.example", "password": "Anchor-Below-5-Decks",
                     "role": "member", "customer": "$customer", "access": "custom", "permissionSet": "$permission-set", "permissions": null}"""),
            Map.entry("PATCH /users/{id}", """
                    {"firstName": "~first-name", "lastName": "~last-name", "email": "user^@~mail.example", "role": "member",
                     "access": "custom", "permissionSet": "$permission-set"}"""),
            Map.entry("POST /wallets/{customer}/adjustments", """
                    {"operation": "add", "amount": "1000.00", "reason": "~reason", "priority": 100,
                     "expiresAt": "2099-01-01T00:00:00Z"}"""),
            Map.entry("PUT /wallets/{customer}/alert", "{\"below\": \"25.00\"}"),
            Map.entry("POST /webhooks/{token}", "{\"id\": \"event-^\"}"),
            Map.entry("PUT /wallets/{customer}/caps/{user}", "{\"amount\": \"900.00\", \"period\": \"month\"}"),
            Map.entry(
                    "PUT /wholesale/{tenant}",
                    "{\"unit\": \"USD\", \"rate\": \"0.40\", \"overdraft\": \"1000000.00\"}"),
            Map.entry("POST /wholesale/{tenant}/adjustments", """
                    {"operation": "add", "amount": "1000.00", "reason": "~reason", "priority": null, "expiresAt": null}"""),
            Map.entry("POST /webhook-endpoints", WEBHOOK),
            Map.entry("PATCH /webhook-endpoints/{endpoint}", WEBHOOK),
            Map.entry("POST /workspaces", "{\"name\": \"~workspace ^\"}"),
            Map.entry("PATCH /workspaces/{id}", "{\"name\": \"~workspace ^\"}"));

    private Forms() {}

    /** A body in the name of one owner. */
    static JsonNode of(OpenApi.Operation operation, Owner owner) {
        JsonNode body = of(operation.name(), owner);
        return operation.contentType().contains("batch")
                ? JSON.createArrayNode().add(body)
                : body;
    }

    static JsonNode of(String operation, Owner owner) {
        String template = BODIES.get(operation);
        assertNotNull(operation + " takes a body that is not known: add it to Forms", template);
        Matcher hole = HOLE.matcher(template);
        StringBuilder text = new StringBuilder();
        while (hole.find()) {
            hole.appendReplacement(text, Matcher.quoteReplacement(filled(hole, owner)));
        }
        try {
            JsonNode body = JSON.readTree(hole.appendTail(text).toString());
            if (body.path("parent").asText().equals(Owner.NOBODY)) {
                ((ObjectNode) body).putNull("parent");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new AssertionError(operation, e);
        }
    }

    private static String filled(Matcher hole, Owner owner) {
        return switch (hole.group().charAt(0)) {
            case '$' -> owner.id(hole.group(1));
            case '~' -> owner.canary(hole.group(1));
            case '@' -> Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            default -> Long.toString(NUMBER.incrementAndGet());
        };
    }

    /** Whether each field that the document names is in the body that is sent. */
    static void complete(OpenApi api, OpenApi.Operation operation, Owner owner) {
        if (operation.bodies().isEmpty()) {
            return;
        }
        JsonNode body = of(operation.name(), owner);
        JsonNode schema = operation.bodies().values().iterator().next();
        for (String pointer : api.fields(schema).keySet()) {
            if (pointer.endsWith("/*")) {
                continue;
            }
            assertTrue(operation + " takes " + pointer + ", which Forms does not send", has(body, pointer));
        }
    }

    /** Whether something is at a pointer, in which an asterisk is any element of an array. */
    private static boolean has(JsonNode body, String pointer) {
        int star = pointer.indexOf("/*");
        if (star < 0) {
            return !body.at(pointer).isMissingNode();
        }
        for (JsonNode element : body.at(pointer.substring(0, star))) {
            if (has(element, pointer.substring(star + 2))) {
                return true;
            }
        }
        return false;
    }
}

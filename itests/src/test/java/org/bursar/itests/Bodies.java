package org.bursar.itests;

import java.time.Instant;

/** What the journey sends. */
final class Bodies {
    static final String LINE1 = "\"line1\": \"410 Harbor Street\", ";

    private Bodies() {}

    static String tenant(String slug, String name, String owner) {
        return """
                {"slug": "%s", "name": "%s", "kind": "agency", "unit": "USD",
                 "owner": {"firstName": "Mara", "lastName": "Quill", "email": "%s", "password": "Lantern-Over-9-Piers"}}""".formatted(slug, name, owner);
    }

    static String customer(String address, String email, String workspace) {
        return """
                {"companyName": "Acme Corporation", "website": "acmecorp.example", "phone": "+12025550189", "country": "US",
                 "address": {%s"line2": "Suite 9", "city": "Portland", "state": "OR", "postalCode": "97209"},
                 "description": "Front desks with <b>voice</b> & chat",
                 "admin": {"firstName": "Jonas", "lastName": "Berg", "email": "%s", "password": "Anchor-Below-5-Decks"},
                 "contact": {"name": "Ida Holm", "phone": "+12025550123", "email": "ida@acmecorp.example"},
                 "workspaces": ["%s"], "plan": "scale"}""".formatted(address, email, workspace);
    }

    static String approval(String amount) {
        return """
                {"received": {"amount": "%s", "currency": "USD"}, "evidence": "statement of 21 November"}""".formatted(amount);
    }

    static String event(String eventId, String type, String subject, Instant time, String quantity) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "/voice/portland", "type": "%s", "subject": "%s", "time": "%s",
                 "data": {"quantity": "%s"}}""".formatted(eventId, type, subject, time, quantity);
    }

    static String hold(String customer, String amount) {
        return """
                {"customer": "%s", "amount": "%s", "ttlSeconds": 60}""".formatted(customer, amount);
    }
}

package org.bursar.demo.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bursar.kernel.ClockOffset;

/** Three months of two agencies, day by day; the same story each time but for the dates. */
final class DemoStory {
    /** Jobs that run at the end of each day of the story. */
    static final Set<String> NIGHTLY = Set.of("subscription-renewal", "purchase-expiry", "hold-expiry");

    static final int DAYS = 92;
    private static final Duration DAY = Duration.ofDays(1);

    private final DemoApi api;
    private final Clock clock;
    private final ClockOffset offset;
    private final Runnable night;
    private final String adminEmail;
    private final String password;

    DemoStory(DemoApi api, Clock clock, ClockOffset offset, Runnable night, String adminEmail, String password) {
        this.api = api;
        this.clock = clock;
        this.offset = offset;
        this.night = night;
        this.adminEmail = adminEmail;
        this.password = password;
    }

    void tell() throws InterruptedException {
        if (adminEmail.isBlank() || password.isBlank()) {
            throw new IllegalStateException("a demo needs BURSAR_ADMIN_EMAIL and BURSAR_ADMIN_PASSWORD");
        }
        offset.set(DAY.multipliedBy(DAYS));
        DemoApi.Client admin = api.signIn(adminEmail, password);
        for (JsonNode tenant : admin.get("/tenants").path("items")) {
            if (tenant.path("slug").asText().equals("harborlight")) {
                throw new IllegalStateException("a demo was cut off before");
            }
        }
        DemoAgency harborlight = agency(
                admin, "harborlight", "Harborlight AI", "USD", "Mara", "Lindqvist", DemoCompanies.HARBORLIGHT, 7);
        harborlight.open(List.of("Portland", "Boise", "Campaigns"));
        DemoAgency northbeam =
                agency(admin, "northbeam", "Northbeam Voice", "EUR", "Henrik", "Solberg", DemoCompanies.NORTHBEAM, 11);
        northbeam.open(List.of("Hotels", "Clinics"));
        for (int day = 0; day <= DAYS; day++) {
            offset.set(DAY.multipliedBy(DAYS - day));
            harborlight.day(day);
            northbeam.day(day);
            night.run();
        }
        harborlight.finish();
        northbeam.finish();
    }

    private DemoAgency agency(
            DemoApi.Client admin,
            String slug,
            String name,
            String currency,
            String first,
            String last,
            List<DemoCompanies.Company> companies,
            long seed)
            throws InterruptedException {
        admin.post(
                "/tenants",
                Map.of(
                        "slug", slug,
                        "name", name,
                        "kind", "agency",
                        "unit", currency,
                        "owner",
                                Map.of(
                                        "firstName", first,
                                        "lastName", last,
                                        "email", first.toLowerCase(java.util.Locale.ROOT) + "@" + slug + ".example",
                                        "password", password)));
        String session = api.signIn(adminEmail, password).token();
        JsonNode key =
                api.client(session, slug).post("/api-keys", Map.of("name", "demo data", "permissions", List.of("*")));
        return new DemoAgency(
                clock,
                password,
                api,
                slug,
                api.client(key.path("key").asText(), null),
                name,
                key.path("id").asText(),
                companies,
                currency,
                seed);
    }
}

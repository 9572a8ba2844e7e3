package org.bursar.demo.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One agency of the story: what it sells, who its customers are, and what happens on a day. */
final class DemoAgency {
    /** One customer of the story. */
    private record Member(
            String id, String admin, String email, String plan, double appetite, boolean careless, String agent) {
        int pack() {
            return plan.equals("scale") ? 3 : plan.equals("growth") ? 2 : 1;
        }

        /** Below this they think of buying more: about what the next renewal takes. */
        BigDecimal reserve() {
            return new BigDecimal(plan.equals("scale") ? 900 : plan.equals("growth") ? 300 : 60);
        }

        double minutesADay() {
            return appetite * (plan.equals("scale") ? 210 : plan.equals("growth") ? 75 : 16);
        }
    }

    private final Clock clock;
    private final String password;
    private final DemoApi.Client client;
    private final List<DemoCompanies.Company> waiting;
    private final List<Member> members = new ArrayList<>();
    private final List<String> awaiting = new ArrayList<>();
    private final List<String> packages = new ArrayList<>();
    private final List<String> prices = new ArrayList<>();
    private final List<String> workspaces = new ArrayList<>();
    private final String currency;
    private final Random random;

    private final DemoApi api;
    private final String slug;
    private final String name;
    private final String key;

    DemoAgency(
            Clock clock,
            String password,
            DemoApi api,
            String slug,
            DemoApi.Client client,
            String name,
            String key,
            List<DemoCompanies.Company> companies,
            String currency,
            long seed) {
        this.clock = clock;
        this.password = password;
        this.api = api;
        this.slug = slug;
        this.client = client;
        this.name = name;
        this.key = key;
        this.waiting = new ArrayList<>(companies);
        this.currency = currency;
        this.random = new Random(seed);
    }

    void open(List<String> branches) throws InterruptedException {
        for (String branch : branches) {
            workspaces.add(client.post("/workspaces", Map.of("name", branch))
                    .path("id")
                    .asText());
        }
        client.post("/meters", meter("voice-minutes", "Conversation minutes", "minute", "0.031"));
        client.post("/meters", meter("tokens", "Tokens", "token", "0.000002"));
        plan("starter", "Starter", "49.00", "50", "0.11", 3);
        plan("growth", "Growth", "249.00", "200", "0.095", 10);
        plan("scale", "Scale", "799.00", "500", "0.085", 25);
        client.post(
                "/add-ons",
                Map.of(
                        "key",
                        "conversation-concurrency",
                        "name",
                        "Conversation concurrency",
                        "unitPrice",
                        money("9.00"),
                        "limit",
                        "concurrency"));
        sell("Credit pack 50", "49.00", "50.00");
        sell("Credit pack 200", "190.00", "200.00");
        sell("Credit pack 500", "450.00", "500.00");
        sell("Credit pack 1,000", "850.00", "1000.00");
        client.put(
                "/gateways/bank-deposit/settings",
                Map.of(
                        "accountHolder", name,
                        "accountNumber", "4471 0098 2230 0417",
                        "instructions", "Transfers arrive within one working day. Quote the reference."));
    }

    private Map<String, Object> meter(String key, String name, String unit, String cost) {
        return Map.of("key", key, "name", name, "unit", unit, "costPerUnit", cost);
    }

    private void plan(String key, String name, String price, String included, String minute, int users)
            throws InterruptedException {
        client.post(
                "/plans",
                Map.of(
                        "key",
                        key,
                        "name",
                        name,
                        "price",
                        money(price),
                        "cycle",
                        "month",
                        "rates",
                        List.of(
                                Map.of(
                                        "meter",
                                        "voice-minutes",
                                        "included",
                                        included,
                                        "model",
                                        "per_unit",
                                        "unitPrice",
                                        minute),
                                Map.of(
                                        "meter", "tokens",
                                        "included", "0",
                                        "model", "graduated",
                                        "tiers",
                                                List.of(
                                                        Map.of("upTo", "1000000", "unitPrice", "0.000006"),
                                                        Map.of("unitPrice", "0.000004")))),
                        "limits",
                        Map.of("users", users, "concurrency", users)));
    }

    private void sell(String name, String price, String credits) throws InterruptedException {
        packages.add(client.post("/packages", Map.of("name", name, "price", money(price), "credits", credits))
                .path("id")
                .asText());
        prices.add(price);
    }

    private Map<String, Object> money(String amount) {
        return Map.of("amount", amount, "currency", currency);
    }

    void day(int day) throws InterruptedException {
        // two thirds are there from the first week, the others come one by one: by the calendar, so that all are there
        // at any hour
        int arrivals = day < 5 ? waiting.size() / 5 + 1 : day % 8 == 5 ? 1 : 0;
        for (int i = 0; i < arrivals && !waiting.isEmpty(); i++) {
            welcome(waiting.remove(0));
        }
        use();
        decide(day);
        Map<String, BigDecimal> available = available();
        for (Member member : members) {
            BigDecimal left = available.getOrDefault(member.id(), BigDecimal.ZERO);
            // most top up before they run out, one in six does not care
            if (left.compareTo(member.reserve()) < 0 && random.nextInt(100) < (member.careless() ? 1 : 40)) {
                buy(member);
            }
            if (random.nextInt(100) < 5) {
                talk(member);
            }
        }
    }

    private Map<String, BigDecimal> available() throws InterruptedException {
        Map<String, BigDecimal> available = new HashMap<>();
        for (JsonNode wallet : client.get("/wallets?limit=200").path("items")) {
            available.put(
                    wallet.path("customer").asText(),
                    new BigDecimal(wallet.path("available").asText()));
        }
        return available;
    }

    private void welcome(DemoCompanies.Company company) throws InterruptedException {
        String plan = List.of("starter", "growth", "growth", "scale").get(random.nextInt(4));
        String domain = company.domain() + ".example";
        JsonNode customer = client.post(
                "/customers",
                Map.of(
                        "companyName", company.name(),
                        "website", domain,
                        "country", company.country(),
                        "address",
                                Map.of("line1", (1 + random.nextInt(400)) + " Market Street", "city", company.city()),
                        "admin",
                                Map.of(
                                        "firstName",
                                        company.first(),
                                        "lastName",
                                        company.last(),
                                        "email",
                                        "admin@" + domain,
                                        "password",
                                        password),
                        "workspaces", List.of(workspaces.get(random.nextInt(workspaces.size()))),
                        "plan", plan));
        Member member = new Member(
                customer.path("id").asText(),
                customer.path("admin").path("id").asText(),
                "admin@" + domain,
                plan,
                0.3 + random.nextDouble() * 1.6,
                random.nextInt(6) == 0,
                DemoTalk.AGENTS.get(random.nextInt(DemoTalk.AGENTS.size())) + ", " + company.city());
        members.add(member);
        approve(purchase(member, member.pack()), member.pack());
    }

    private void use() throws InterruptedException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        double weekday = today.getDayOfWeek().getValue() > 5 ? 0.35 : 1;
        List<Map<String, Object>> events = new ArrayList<>();
        for (Member member : members) {
            double minutes = member.minutesADay() * weekday * (0.6 + random.nextDouble() * 0.8);
            events.add(event(member, "voice-minutes", today, decimal(minutes, 1)));
            events.add(event(member, "tokens", today, decimal(minutes * 1_500, 0)));
        }
        if (!events.isEmpty()) {
            client.post("/usage-events", events, "application/cloudevents-batch+json");
        }
    }

    private Map<String, Object> event(Member member, String meter, LocalDate day, String quantity) {
        Instant time =
                day.atTime(LocalTime.of(random.nextInt(24), random.nextInt(60))).toInstant(ZoneOffset.UTC);
        Instant now = clock.instant();
        return Map.of(
                "specversion",
                "1.0",
                "id",
                meter + "-" + day + "-" + member.id(),
                "source",
                "/demo/voice",
                "type",
                meter,
                "subject",
                member.id(),
                "time",
                (time.isAfter(now) ? now : time).toString(),
                "data",
                Map.of("quantity", quantity));
    }

    private static String decimal(double value, int places) {
        return BigDecimal.valueOf(value)
                .setScale(places, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private void buy(Member member) throws InterruptedException {
        int pack = random.nextInt(4) == 0 ? random.nextInt(packages.size()) : member.pack();
        awaiting.add(purchase(member, pack) + " " + pack);
    }

    /** As the customer's admin does it, whose first sign-in has set a password of their own: here the same as before. */
    private void buyThemselves(Member member) throws InterruptedException {
        DemoApi.Client admin = api.signIn(slug, member.email(), password);
        admin.post("/me/password", Map.of("current", password, "new", password + "-new"));
        admin.post("/me/password", Map.of("current", password + "-new", "new", password));
        purchase(admin, member, member.pack());
    }

    private String purchase(Member member, int pack) throws InterruptedException {
        return purchase(client, member, pack);
    }

    private String purchase(DemoApi.Client buyer, Member member, int pack) throws InterruptedException {
        return buyer.post(
                        "/purchases",
                        Map.of("customer", member.id(), "package", packages.get(pack), "gateway", "bank-deposit"))
                .path("id")
                .asText();
    }

    private void approve(String purchase, int pack) throws InterruptedException {
        client.post(
                "/purchases/" + purchase + "/approve",
                Map.of(
                        "received",
                        money(prices.get(pack)),
                        "evidence",
                        "statement of " + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
    }

    /** Deposits arrive a day or two later; some never do. */
    private void decide(int day) throws InterruptedException {
        List<String> open = new ArrayList<>(awaiting);
        for (String waitingPurchase : open) {
            String[] parts = waitingPurchase.split(" ");
            int dice = random.nextInt(100);
            if (dice < 55 && day < DemoStory.DAYS - 2) {
                approve(parts[0], Integer.parseInt(parts[1]));
            } else if (dice < 59) {
                client.post("/purchases/" + parts[0] + "/decline", Map.of("reason", "no deposit under this reference"));
            } else if (dice < 61) {
                client.post("/purchases/" + parts[0] + "/cancel", Map.of());
            } else if (dice < 63) {
                // forgotten: expires by itself
            } else {
                continue;
            }
            awaiting.remove(waitingPurchase);
        }
    }

    private void talk(Member member) throws InterruptedException {
        List<String> lines = DemoTalk.CONVERSATIONS.get(random.nextInt(DemoTalk.CONVERSATIONS.size()));
        String thread = client.post(
                        "/threads",
                        Map.of(
                                "customer", member.id(),
                                "user", member.admin(),
                                "agent", member.agent(),
                                "externalId", "call-" + random.nextInt(1_000_000)))
                .path("id")
                .asText();
        for (int i = 0; i < lines.size(); i++) {
            client.post(
                    "/threads/" + thread + "/messages",
                    Map.of("role", i % 2 == 0 ? "user" : "assistant", "content", lines.get(i)));
        }
    }

    /** What people did by hand on the last day. */
    void finish() throws InterruptedException {
        // first, since one of them is deactivated below
        for (int i = 0; i < 12; i += 3) {
            buyThemselves(members.get(i));
        }
        client.post(
                "/wallets/" + members.get(0).id() + "/adjustments",
                Map.of("operation", "add", "amount", "120.00", "reason", "goodwill for the outage on Monday"));
        client.post("/subscriptions/" + members.get(4).id() + "/lock", Map.of("reason", "invoice 12 unpaid"));
        client.post("/customers/" + members.get(7).id() + "/suspend", Map.of("reason", "payment overdue"));
        client.post("/customers/" + members.get(9).id() + "/deactivate", Map.of("reason", "season is over"));
        JsonNode wallet = client.get("/wallets/" + members.get(0).id());
        if (new BigDecimal(wallet.path("available").asText()).compareTo(new BigDecimal("20")) > 0) {
            String hold = client.post(
                            "/holds", Map.of("customer", members.get(0).id(), "amount", "5.00", "ttlSeconds", 3600))
                    .path("id")
                    .asText();
            client.post("/holds/" + hold + "/settle", Map.of("amount", "3.20"));
            client.post("/holds", Map.of("customer", members.get(0).id(), "amount", "7.50", "ttlSeconds", 3600));
        }
        client.delete("/api-keys/" + key);
    }
}

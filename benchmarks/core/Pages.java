import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * How long the console's customer list and its search take with 100,000 customers in a tenant, beside 1,000 in another of the same
 * run, in turn; and what the pages weigh.
 */
final class Pages {
    private static final int SMALL = 1_000;
    private static final int LARGE = 100_000;
    private static final int SECONDS = 8;
    private static final int WARM_SECONDS = 12;
    private static final String FIRST = "Anchor-Below-5-Decks";
    private static final String OWN = "Lantern-Over-9-Piers";
    private static final List<String> WORDS = List.of(
            "harbor", "granite", "maple", "quay", "lumen", "cedar", "willow", "copper", "aster", "beacon", "delta", "ember", "fjord",
            "garnet", "indigo", "juniper", "kestrel", "lagoon", "meadow", "nimbus");
    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/(?:assets|brand)/[^\"]+)\"");

    private final Node node;
    private final Figures figures;

    Pages(Node node, Figures figures) {
        this.node = node;
        this.figures = figures;
    }

    /** Where figures go. */
    interface Figures {
        void add(String name, String unit, double wanted, double value);
    }

    /** A tenant with so many customers, and the cookie of its owner. */
    private record Agency(String slug, String id, int customers, String cookie) {}

    void run(int rounds) throws Exception {
        Agency small = agency("pages-small", SMALL);
        Agency large = agency("pages-large", LARGE);
        node.sql("vacuum (analyze)");
        for (Agency agency : List.of(small, large)) {
            lists(agency, WARM_SECONDS);
            searches(agency, WARM_SECONDS);
        }
        for (int round = 0; round < rounds; round++) {
            compared("the list page", lists(small, SECONDS), lists(large, SECONDS));
            compared("search while typing", searches(small, SECONDS), searches(large, SECONDS));
        }
        weights(large);
    }

    private void compared(String what, Crowd.Pace small, Crowd.Pace large) {
        figures.add(what + ": p99 with " + SMALL + " customers", "ms", 0, small.p99Millis());
        figures.add(what + ": p99 with " + LARGE + " customers (at most 100)", "ms", 0, large.p99Millis());
        figures.add(what + ": time at " + LARGE + " over time at " + SMALL + " (at most 1.5)", "", 0, small.aSecond() / large.aSecond());
    }

    /** The list as it is opened: each sort, and each saved view that has its own index or must be gone through. */
    private Crowd.Pace lists(Agency agency, int seconds) throws Exception {
        List<String> asked = List.of("", "?sort=name", "?sort=-name", "?status=suspended", "?sort=registered");
        return crowd(agency, seconds, round -> "/customers" + asked.get((int) (round % asked.size())));
    }

    /** One more letter of a name each time, as the page asks while somebody types. */
    private Crowd.Pace searches(Agency agency, int seconds) throws Exception {
        return crowd(agency, seconds, round -> {
            String word = WORDS.get(ThreadLocalRandom.current().nextInt(WORDS.size()));
            String typed = word + "%20" + ThreadLocalRandom.current().nextInt(agency.customers);
            int length = (int) Math.min(typed.length(), 3 + round % 10);
            return "/customers?q=" + typed.substring(0, length).replaceFirst("%2?$", "");
        });
    }

    private interface Address {
        String of(long round);
    }

    /** One reader: how long an answer takes is asked, and not how many the machine stands. */
    private Crowd.Pace crowd(Agency agency, int seconds, Address address) throws Exception {
        Crowd.Pace pace = Crowd.run(node.port(), "", 1, seconds, (connection, caller, round) -> {
            String path = address.of(round);
            Connection.Answer answer = page(connection, agency, path);
            if (!answer.is(200).body().contains("id=\"rows\"")) {
                throw new IllegalStateException(path + " is no list");
            }
            return 1;
        });
        System.err.printf(
                Locale.ROOT, "  %s: %,.0f/s, p99 %.1f ms%n", agency.slug, pace.aSecond(), pace.p99Millis());
        return pace;
    }

    private static Connection.Answer page(Connection connection, Agency agency, String path) throws Exception {
        return connection.send("GET", path, "text/html", "Cookie: " + agency.cookie + "\r\n", "");
    }

    /** What a first visit loads, as it travels compressed. */
    private void weights(Agency agency) throws Exception {
        try (Connection connection = new Connection(node.port(), "")) {
            String html = page(connection, agency, "/customers").is(200).body();
            double page = squeezed(html) / 1024.0;
            double all = page;
            Matcher asset = ASSET.matcher(html);
            while (asset.find()) {
                String file = page(connection, agency, asset.group(1)).is(200).body();
                // the typeface is compressed in itself; as text its bytes could not be counted
                all += asset.group(1).endsWith(".woff2") ? typeface() / 1024.0 : squeezed(file) / 1024.0;
            }
            figures.add("HTML of the customer list (at most 12)", "KB", 0, page);
            figures.add("a first visit (at most 100)", "KB", 0, all);
        }
    }

    private static long typeface() throws Exception {
        return Files.size(Path.of("bundles/web/src/main/resources/assets/inter-latin-wght-normal.woff2"));
    }

    private static int squeezed(String text) throws Exception {
        ByteArrayOutputStream squeezed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(squeezed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return squeezed.size();
    }

    private Agency agency(String slug, int customers) throws Exception {
        String admin = node.admin();
        String email = "owner@" + slug + ".example";
        String in = "Bursar-Tenant: " + slug + "\r\n";
        String id;
        try (Connection platform = new Connection(node.port(), admin)) {
            id = platform.post("/api/v1/tenants", """
                    {"slug": "%s", "name": "Bench", "kind": "agency", "unit": "USD", "timeZone": "UTC", "owner":
                     {"firstName": "Ida", "lastName": "Bench", "email": "%s", "password": "%s"}}""".formatted(slug, email, FIRST))
                    .is(201)
                    .text("id");
            made(platform, in, "/api/v1/plans", """
                    {"key": "scale", "name": "Scale", "price": {"amount": "0.00", "currency": "USD"}, "cycle": "month"}""");
            String workspace = made(platform, in, "/api/v1/workspaces", "{\"name\": \"Portland\"}");
            String customer = made(platform, in, "/api/v1/customers", """
                    {"companyName": "Acme", "phone": "+12025550189", "country": "US", "contact": {"name": "Ida"},
                     "address": {"line1": "1 Pier", "city": "Portland", "state": "OR", "postalCode": "97209"},
                     "workspaces": ["%s"], "plan": "scale", "admin": {"firstName": "Ann", "lastName": "Acme",
                     "email": "ann@%s.example", "password": "%s"}}""".formatted(workspace, slug, FIRST));
            made(platform, in, "/api/v1/wallets/" + customer + "/adjustments", """
                    {"operation": "add", "amount": "25.00", "reason": "for the benchmark"}""");
        }
        copies(slug, customers - 1);
        return new Agency(slug, id, customers, "session=" + session(email) + "; acting=" + id);
    }

    private static String made(Connection platform, String in, String path, String body) throws Exception {
        String answer = platform.send("POST", path, "application/json", in, body).is(201).body();
        int at = answer.indexOf("\"id\":\"");
        return at < 0 ? "" : answer.substring(at + 6, answer.indexOf('"', at + 6));
    }

    /** The owner's session, after a password of the owner's own was chosen. */
    private String session(String email) throws Exception {
        String credentials = "{\"email\": \"" + email + "\", \"password\": \"%s\"}";
        try (Connection anybody = new Connection(node.port(), "")) {
            String first = anybody.post("/api/v1/sessions", credentials.formatted(FIRST)).is(201).text("token");
            try (Connection owner = new Connection(node.port(), first)) {
                owner.post("/api/v1/me/password", "{\"current\": \"" + FIRST + "\", \"new\": \"" + OWN + "\"}").is(204);
            }
            return anybody.post("/api/v1/sessions", credentials.formatted(OWN)).is(201).text("token");
        }
    }

    /** The tenant's one customer again and again under other names, by SQL: over HTTP it would take longer than measuring. */
    private void copies(String slug, int many) throws Exception {
        StringBuilder words = new StringBuilder();
        WORDS.forEach(word -> words.append(words.isEmpty() ? "'" : ", '").append(word).append('\''));
        String sql = """
                select set_config('app.tenant', (select tenant_id::text from tenancy.directory where name = '%1$s'), false);
                create table pg_temp.chosen as
                  select gen_random_uuid() as id, n, (array[%3$s])[1 + n %% %4$d] || ' ' || n as name from generate_series(1, %2$d) n;
                create function pg_temp.copied(schema_name text, table_name text, id_column text, more text) returns void
                language plpgsql as $$
                declare columns text; picked text;
                begin
                  select string_agg(quote_ident(column_name), ', ' order by ordinal_position),
                         string_agg(case when column_name = id_column then 'i.id'
                                         when column_name = more then 'gen_random_uuid()'
                                         when column_name in ('name', 'likeness') and c.table_name = 'customer' then 'i.name'
                                         when column_name = 'email' and c.table_name = 'customer' then '''ann@c'' || i.n || ''.example'''
                                         when column_name = 'created_at' and c.table_name = 'customer'
                                           then 't.created_at - i.n * interval ''1 minute'''
                                         else 't.' || quote_ident(column_name) end, ', ' order by ordinal_position)
                    into columns, picked
                    from information_schema.columns c
                   where c.table_schema = schema_name and c.table_name = copied.table_name and c.is_generated = 'NEVER';
                  execute format('insert into %%I.%%I (%%s) select %%s from %%I.%%I t, pg_temp.chosen i'
                                 || ' where t.tenant_id = current_setting(''app.tenant'')::uuid',
                                 schema_name, table_name, columns, picked, schema_name, table_name);
                end $$;
                select pg_temp.copied('customers', 'customer', 'customer_id', '');
                select pg_temp.copied('credits', 'wallet', 'wallet_id', '');
                select pg_temp.copied('credits', 'entry', 'wallet_id', '');
                select pg_temp.copied('plans', 'subscription', 'customer_id', 'subscription_id');
                select pg_temp.copied('plans', 'subscription_term', 'customer_id', '');
                """.formatted(slug, many, words, WORDS.size());
        Path file = Files.writeString(Files.createTempFile("bursar-bench", ".sql"), sql);
        node.sql("\\i " + file);
        Files.delete(file);
    }
}

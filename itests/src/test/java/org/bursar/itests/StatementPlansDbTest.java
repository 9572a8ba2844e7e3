package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bursar.database.internal.MapperStatement;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * How PostgreSQL runs each statement of each mapper under row-level security, as the application's role: by an index that begins
 * with the tenant, however many tenants there are, and for a page without reading what is not on it.
 */
public final class StatementPlansDbTest {
    private static final String ANALYZE = "explain (verbose, format json, analyze, timing off) execute probe ";

    /**
     * At these few rows reading all and sorting costs next to nothing, and is what PostgreSQL does; so it is told not to, and what
     * it does then shows whether an index leads to a page.
     */
    private static final String IN_ORDER = """
            set local enable_sort = off; set local enable_bitmapscan = off; set local enable_hashjoin = off;
            set local enable_mergejoin = off""";

    /** Rows that may be looked at for a page or a few keys: with joined ones, and those that a filter passes over. */
    private static final long MOST = 30L * GeneratedArguments.LIMIT;

    private static final String ADDRESSES = "a tenant has twenty addresses at most";

    /** Statements that look at more, because that is what they are for: all there are, each with its reason. */
    private static final Map<String, String> AT_ALL = Map.ofEntries(
            Map.entry("AccessChangeMapper.since", "what changed within about a second, of all tenants"),
            Map.entry("AddOnMapper.of", "all add-ons of customers, of whom each has a handful"),
            Map.entry("AddOnMapper.raised", "sums a customer's add-ons, of which there are a handful"),
            Map.entry("AuditMapper.strays", "an operator's check of the whole log"),
            Map.entry("BalanceNewsMapper.news", "a job's look at the tenant's wallets"),
            Map.entry("BucketMapper.use", "sums a customer's add-ons, of which there are a handful"),
            Map.entry("CapMapper.wrong", "a proof of the ledger looks at all caps"),
            Map.entry("CustomerMapper.erasedParts", "a customer has as many parts as there are bundles"),
            Map.entry("CustomerMapper.matching", "at so few customers it joins all; CustomerDirectoryDbTest has more"),
            Map.entry(
                    "CustomerMapper.registeredByName",
                    "those of a period by name: PostgreSQL chooses the narrower of period and order"),
            Map.entry("CustomerMapper.toErase", "a job's look at those whose grace period is over"),
            Map.entry("CustomerMapper.usableWorkspaces", "all workspaces of customers, of whom each has a few"),
            Map.entry("CustomerMapper.workspaces", "all workspaces of customers, of whom each has a few"),
            Map.entry(
                    "HoldMapper.expireAll",
                    "all overdue holds of wallets, by an index of the open ones, and what follows"),
            Map.entry("FeedMapper.selling", "a job's look at a tenant's gateways, of which there are a handful"),
            Map.entry("HoldMapper.releaseAll", "a customer is erased, and the caps of its users with it"),
            Map.entry("InboxMapper.rejecting", "a job's look at the rejected, of whom few are kept"),
            Map.entry("LeaseMapper.room", "counts a customer's open leases, which are as few as its limit"),
            Map.entry("LotMapper.live", "all lots that have something left, by an index of those alone"),
            Map.entry(
                    "LotMapper.next",
                    "the first of all lots that expire and have something left, by an index of those alone"),
            Map.entry("LotMapper.origins", "the first lot of a reference among a wallet's, when money goes back"),
            Map.entry("LotMapper.stock", "all lots that have something left, by an index of those alone"),
            Map.entry("LowBalanceMapper.fall", "a job's look at the wallets for which somebody asked"),
            Map.entry("LowBalanceMapper.rise", "a job's look at the wallets for which somebody asked"),
            Map.entry("MailMapper.waiting", "counts the queue"),
            Map.entry("MethodMapper.ofCustomer", "all methods of a customer, of which there are a handful"),
            Map.entry("MinimumMapper.due", "a job's look at all customers whose minimum is due"),
            Map.entry(
                    "MinimumMapper.settledUntil", "the last of a customer's cycles, of which there are twelve a year"),
            Map.entry("PackageMapper.list", "a tenant sells a handful of packages"),
            Map.entry("PurchaseMapper.approvedOf", "counts the purchases of a page of customers"),
            Map.entry("PurchaseMapper.counts", "counts a tenant's purchases by state"),
            Map.entry("PurchaseMapper.ofCustomer", "a customer's own purchases, filtered by state and gateway"),
            Map.entry("PurchaseMapper.search", "a page of each of 200 customers at most"),
            Map.entry("RefundMapper.disputes", "in the order of time, filtered by purchase and state"),
            Map.entry("ReportMapper.balances", "sums a tenant's wallets"),
            Map.entry("ReportMapper.engagement", "sums a period"),
            Map.entry("ReportMapper.movements", "sums all that moved until a period ends"),
            Map.entry("ReportMapper.paid", "sums what a customer paid, by an index that has it"),
            Map.entry("ReportMapper.profitability", "sums a period"),
            Map.entry("ReportMapper.recurring", "sums a tenant's subscriptions"),
            Map.entry("ReportMapper.revenue", "sums a period"),
            Map.entry("ReportMapper.usageOfAll", "sums a period"),
            Map.entry("ReportMapper.usageOfCustomer", "sums a period"),
            Map.entry("ReportMapper.usageOverTime", "sums a period"),
            Map.entry("RepricingMapper.hours", "all hours of a customer's cycle, of which there are 744 at most"),
            Map.entry("SealMapper.anything", "a job's sum over the tenant's wallets"),
            Map.entry("SealMapper.keys", "the keys that ever signed, one row a generation"),
            Map.entry("SealMapper.unsealed", "a job's look at the tenant's wallets"),
            Map.entry("SessionMapper.ofUser", "a user has a handful of sessions"),
            Map.entry("SubscriptionMapper.active", "looks at 5,000 at most, and at nobody in an order"),
            Map.entry("SubscriptionMapper.due", "a job's look at all subscriptions that are due"),
            Map.entry("SubscriptionMapper.terms", "all terms that customers ever had"),
            Map.entry("TenantMapper.hasVerifiedDomain", "a tenant has a handful of domains"),
            Map.entry("ThreadMapper.lockAll", "a customer is erased"),
            Map.entry(
                    "TopUpMapper.chargesSince",
                    "counts a customer's charges of a month, of which there are as many as its cap"),
            Map.entry("TopUpMapper.underWay", "a customer's charges, few a month, and their purchases by key"),
            Map.entry("VerificationMapper.figures", "an operator's look at the whole ledger"),
            Map.entry("WebhookMapper.count", ADDRESSES),
            Map.entry("WebhookMapper.deliveries", "in the order of their numbers, filtered by address and state"),
            Map.entry("WebhookMapper.due", ADDRESSES),
            Map.entry("WebhookMapper.enabled", ADDRESSES),
            Map.entry("WebhookMapper.oneAtATime", ADDRESSES),
            Map.entry("WebhookMapper.page", ADDRESSES));

    /** The worst plan of each statement, for whoever looks into a failure. */
    private static final Path PLANS = Path.of("target", "plans");

    private static Schemas schemas;
    private static Connection application;
    private static Map<String, List<String>> faults;
    private static Set<String> statements;
    private static Map<String, Long> pages;
    private static Map<String, Long> others;

    @BeforeClass
    public static void explainEveryStatement() throws Exception {
        Files.createDirectories(PLANS);
        schemas = Schemas.migrated();
        try (Connection owner = schemas.owner()) {
            new GeneratedRows(owner).fill();
        }
        application = schemas.application();
        application.setAutoCommit(false);
        faults = new TreeMap<>();
        statements = new TreeSet<>();
        pages = new TreeMap<>();
        others = new TreeMap<>();
        for (List<Class<?>> mappers : schemas.mappers().values()) {
            for (Class<?> mapper : mappers) {
                explain(mapper);
            }
        }
    }

    @AfterClass
    public static void close() throws Exception {
        if (application != null) {
            application.close();
        }
        if (schemas != null) {
            schemas.close();
        }
    }

    private static void explain(Class<?> mapper) throws SQLException, IOException {
        MapperStatement.Reader reader = new MapperStatement.Reader(mapper);
        Method[] methods = mapper.getMethods();
        Arrays.sort(methods, Comparator.comparing(Method::getName));
        for (Method method : methods) {
            if (reader.has(method)) {
                for (Object[] arguments : GeneratedArguments.of(method)) {
                    scope(method);
                    MapperStatement statement = reader.read(application, method, arguments);
                    explain(mapper.getSimpleName() + "." + method.getName(), statement);
                    application.rollback();
                }
            }
        }
    }

    private static void scope(Method method) throws SQLException {
        boolean platform = Arrays.stream(method.getParameters())
                .anyMatch(parameter -> parameter.getName().equals("platform"));
        Schemas.rows(
                application,
                "set local app.tenant = '" + (platform ? GeneratedRows.PLATFORM : GeneratedRows.TENANT) + "'",
                "set local app.customers = ''");
    }

    private static void explain(String name, MapperStatement statement) throws SQLException, IOException {
        statements.add(name);
        String sql = statement.sql().strip().toLowerCase(Locale.ROOT);
        boolean page = sql.contains("limit $");
        String types = statement.types().isEmpty() ? "" : "(" + String.join(", ", statement.types()) + ")";
        String values = statement.values().isEmpty() ? "" : "(" + String.join(", ", statement.values()) + ")";
        String prepare = "prepare probe " + types + " as " + statement.sql();
        try {
            Schemas.rows(application, prepare);
            for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
                QueryPlan plan = plan(mode, "explain (verbose, format json) execute probe " + values);
                List<String> found = plan.faults(DatabaseRules.WITHOUT_TENANT.keySet());
                if (!found.isEmpty()) {
                    faults.put(name + " under " + mode, found);
                }
                if (page && reads(sql)) {
                    // anew, since a plan for all values is made once
                    Schemas.rows(application, "savepoint here", IN_ORDER, "deallocate probe", prepare);
                    look(pages, name, statement, plan(mode, ANALYZE + values));
                    Schemas.rows(application, "rollback to here");
                }
            }
            if (!page && reads(sql)) {
                // as often as PostgreSQL plans for the values before it may choose one plan for all of them
                for (int time = 0; time < 6; time++) {
                    plan("auto", "explain (format json) execute probe " + values);
                }
                look(others, name, statement, plan("auto", ANALYZE + values));
            }
            Schemas.rows(application, "deallocate probe");
        } catch (SQLException e) {
            throw new SQLException(name + ": " + statement, e);
        }
    }

    private static void look(Map<String, Long> worst, String name, MapperStatement statement, QueryPlan plan)
            throws IOException {
        if (plan.looked() > MOST && plan.looked() > worst.getOrDefault(name, 0L)) {
            Files.writeString(PLANS.resolve(name + ".txt"), statement + "\n" + plan);
        }
        worst.merge(name, plan.looked(), Math::max);
    }

    private static QueryPlan plan(String mode, String explain) throws SQLException {
        return QueryPlan.of(
                String.join("\n", Schemas.rows(application, "set local plan_cache_mode = " + mode, explain)));
    }

    /** A lock is a read like any other; what changes rows is planned and not run. */
    private static boolean reads(String sql) {
        return (sql.startsWith("select") || sql.startsWith("with"))
                && !sql.contains("insert into")
                && !sql.contains("delete from")
                && !sql.startsWith("select metering.");
    }

    @Test
    public void everyStatementGoesToItsTenantsRowsByAnIndex() {
        assertEquals(Map.of(), faults);
    }

    @Test
    public void aPageIsReadWithoutTheRest() {
        assertTrue("only " + pages.keySet(), pages.size() >= 40);
        pages.entrySet().removeIf(page -> page.getValue() <= MOST || AT_ALL.containsKey(page.getKey()));
        assertEquals(Map.of(), pages);
    }

    @Test
    public void whatIsKnownByKeysIsReadByThem() {
        assertTrue("only " + others.keySet(), others.size() >= 60);
        others.entrySet().removeIf(other -> other.getValue() <= MOST || AT_ALL.containsKey(other.getKey()));
        assertEquals(Map.of(), others);
    }

    @Test
    public void everyExceptionIsAStatementThatIsThere() {
        Set<String> gone = new TreeSet<>(AT_ALL.keySet());
        gone.removeAll(statements);
        assertEquals(Set.of(), gone);
    }

    /** lower() and LIKE are not leakproof, so that under a policy no index leads to what they ask for. */
    @Test
    public void aPageThatNoIndexLeadsToIsSeen() throws Exception {
        String customers = "select customer_id from customers.customer where tenant_id = $1 and %s limit $3";
        control("function", customers.formatted("lower(name) > $2 order by lower(name)"));
        control("likeness", customers.formatted("search like $2 order by customer_id desc"));
    }

    private static void control(String name, String sql) throws Exception {
        scope(Object.class.getMethod("toString"));
        explain(
                name,
                new MapperStatement(
                        sql,
                        List.of("uuid", "text", "int4"),
                        List.of("'" + GeneratedRows.TENANT + "'", "'text 5'", "10")));
        application.rollback();
        Long looked = pages.remove(name);
        assertTrue(name + " looks at " + looked, looked > MOST);
    }

    @Test
    public void aTableThatIsReadFromEndToEndIsSeen() throws Exception {
        scope(Object.class.getMethod("toString"));
        Schemas.rows(
                application,
                "set local enable_indexscan = off; set local enable_indexonlyscan = off; set local enable_bitmapscan = off");
        QueryPlan plan = plan("auto", "explain (verbose, format json) select 1 from plans.plan");
        application.rollback();
        assertEquals(List.of("reads all of plans.plan"), plan.faults(Set.of()));
    }
}

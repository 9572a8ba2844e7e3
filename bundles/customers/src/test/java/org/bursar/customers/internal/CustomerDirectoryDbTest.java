package org.bursar.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.customers.internal.AccountLifecycle.Verb;
import org.bursar.customers.internal.CustomerDirectory.Total;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerDirectoryDbTest {
    private Bench bench;
    private Scope scope;

    @BeforeEach
    void open() {
        bench = new Bench();
        scope = bench.scope;
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private List<String> names(Scope where, CustomerFilter filter, int limit) {
        List<String> names = new ArrayList<>();
        String after = null;
        do {
            Page<FoundCustomer> page = bench.directory.list(where, filter, new Page.Request(limit, after));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(found -> names.add(found.row().name()));
            after = page.next();
        } while (after != null);
        return names;
    }

    private List<String> names(String q, String status, String plan, String sort) {
        return names(scope, Bench.filter(q, status, plan, sort), 2);
    }

    @Test
    void partOfANameOrAddressFindsInAnyCase() {
        bench.create("Acme Corporation", "admin@acmecorp.example");
        bench.create("Bluebird Travel", "ingrid@bluebird.example");
        bench.create("ÅNGSTRÖM 100% pure_stuff", "x@y.example");

        assertThat(names("ACME", null, null, null)).containsExactly("Acme Corporation");
        assertThat(names("INGRID@", null, null, null)).containsExactly("Bluebird Travel");
        assertThat(names("rd tr", null, null, null)).containsExactly("Bluebird Travel");
        assertThat(names("ångström", null, null, null)).hasSize(1);
        assertThat(names("0% p", null, null, null)).hasSize(1);
        assertThat(names("%", null, null, null)).hasSize(1);
        assertThat(names("e_s", null, null, null)).hasSize(1);
        assertThat(names("a_m", null, null, null)).isEmpty();
        assertThat(names("\\", null, null, null)).isEmpty();
        assertThat(names("'; drop table customers.customer; --", null, null, null))
                .isEmpty();
        assertThat(names("", null, null, null)).hasSize(3);
        assertThat(total(scope, Bench.filter("example", null, null, null))).contains(new Total(3, false));
    }

    @Test
    void eachStatusIsCountedByItselfAndASearchWhereItIsAllOnAPage() {
        List<CustomerId> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(bench.create("Quill " + i, "q" + i + "@quill.example"));
        }
        CustomerFilter quill = Bench.filter("quill", null, null, null);
        assertThat(total(scope, quill, 6)).contains(new Total(6, false));
        assertThat(total(scope, quill, 5)).isEmpty();
        assertThat(total(scope, CustomerFilter.ALL, 5)).contains(new Total(6, false));
        bench.lifecycle.change(scope, ids.get(0), Verb.SUSPEND, OptionalLong.empty(), null);
        bench.lifecycle.change(scope, ids.get(1), Verb.SUSPEND, OptionalLong.empty(), null);
        bench.lifecycle.change(scope, ids.get(2), Verb.DEACTIVATE, OptionalLong.empty(), null);
        bench.lifecycle.change(scope, ids.get(3), Verb.DEACTIVATE, OptionalLong.empty(), null);
        bench.delete(ids.get(4));
        bench.delete(ids.get(5));
        assertThat(total(scope, CustomerFilter.ALL, 1)).contains(new Total(4, false));
        for (String one : List.of("suspended", "inactive", "deleted")) {
            assertThat(total(scope, Bench.filter(null, one, null, null), 1))
                    .as(one)
                    .contains(new Total(2, false));
            assertThat(names(null, one, null, "-registered")).isEqualTo(reversed(names(null, one, null, "registered")));
            assertThat(names(null, one, null, "-name")).isEqualTo(reversed(names(null, one, null, "name")));
        }
    }

    private static List<String> reversed(List<String> names) {
        assertThat(names).hasSize(2);
        return List.of(names.get(1), names.get(0));
    }

    private Optional<Total> total(Scope of, CustomerFilter filter) {
        return total(of, filter, Page.USUAL);
    }

    private Optional<Total> total(Scope of, CustomerFilter filter, int limit) {
        Page.Request request = new Page.Request(limit, null);
        return bench.directory.count(of, filter, request, bench.directory.list(of, filter, request));
    }

    @Test
    void theListIsNewestFirstOrByNameAndPagesMeetWithoutGaps() {
        for (String name : List.of("delta", "Alpha", "charlie", "Bravo", "alpha")) {
            bench.create(name, name + bench.clock.millis() + "@x.example");
        }

        assertThat(names(null, null, null, null)).containsExactly("alpha", "Bravo", "charlie", "Alpha", "delta");
        assertThat(names(null, null, null, "name")).containsExactly("Alpha", "alpha", "Bravo", "charlie", "delta");
        assertThat(names("x.example", null, null, "name"))
                .containsExactly("Alpha", "alpha", "Bravo", "charlie", "delta");
        assertThat(names(null, null, null, "-name")).containsExactly("delta", "charlie", "Bravo", "alpha", "Alpha");
        assertThat(names(null, null, null, "registered"))
                .containsExactly("delta", "Alpha", "charlie", "Bravo", "alpha");
        assertThat(names("x.example", null, null, "-registered"))
                .containsExactly("alpha", "Bravo", "charlie", "Alpha", "delta");
        assertThat(names("x.example", null, null, "registered"))
                .containsExactly("delta", "Alpha", "charlie", "Bravo", "alpha");
        assertThat(names("x.example", null, null, "-name"))
                .containsExactly("delta", "charlie", "Bravo", "alpha", "Alpha");
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        bench.create("A", "a@a.example");
        bench.create("B", "b@b.example");
        String byName = bench.directory
                .list(scope, Bench.filter(null, null, null, "name"), new Page.Request(1, null))
                .next();

        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> bench.directory.list(scope, CustomerFilter.ALL, new Page.Request(1, byName)))
                        .problem()
                        .errors()
                        .get(0)
                        .pointer())
                .isEqualTo("/after");
    }

    @Test
    void standingAndPlanFilterByWhatTheirOwnersSay() {
        List<CustomerId> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(bench.create("c" + i, "c" + i + "@x.example"));
        }
        bench.facts.subscribe(ids.get(0), "scale", "active");
        bench.facts.subscribe(ids.get(1), "scale", "locked");
        bench.facts.subscribe(ids.get(2), "start", "past_due");
        bench.facts.subscribe(ids.get(3), "start", "locked");
        bench.facts.subscribe(ids.get(4), "scale", "active");
        bench.lifecycle.change(scope, ids.get(3), Verb.SUSPEND, OptionalLong.empty(), null);
        bench.delete(ids.get(6));

        assertThat(names(null, "active", null, null)).containsExactly("c5", "c4", "c0");
        assertThat(names(null, "locked", null, null)).containsExactly("c1");
        assertThat(names(null, "suspended", null, null)).containsExactly("c3");
        assertThat(names(null, "deleted", null, null)).containsExactly("c6");
        assertThat(names(null, null, "scale", "name")).containsExactly("c0", "c1", "c4");
        assertThat(names("x.example", "active", "scale", "name")).containsExactly("c0", "c4");
        assertThat(total(scope, Bench.filter(null, null, "scale", null), 1)).isEmpty();
    }

    @Test
    void eachOwnerIsAskedOnceForAPage() {
        for (int i = 0; i < 5; i++) {
            bench.create("c" + i, "c" + i + "@x.example");
        }
        int before = bench.facts.calls;

        bench.directory.list(scope, CustomerFilter.ALL, new Page.Request(5, null));

        assertThat(bench.facts.calls - before).isEqualTo(1);
    }

    @Test
    void theSearchIsHeldToTenantAndCustomersByItself() {
        CustomerId one = bench.create("Acme One", "one@acme.example");
        bench.create("Acme Two", "two@acme.example");
        Scope foreign = bench.tenant();
        bench.create(foreign, "Acme Three", "three@acme.example");
        CustomerFilter acme = Bench.filter("acme", null, null, "name");

        assertThat(names(scope, acme, 10)).containsExactly("Acme One", "Acme Two");
        assertThat(names(foreign, acme, 10)).containsExactly("Acme Three");
        assertThat(names(scope.only(one), acme, 10)).containsExactly("Acme One");
        assertThat(total(scope.only(one), acme)).contains(new Total(1, false));
        // without a tenant the function, which runs as the owner, gives nothing either
        assertThat(bench.data.queryAsOwner(
                        "select count(*) from customers.matching('%', array['ACTIVE'], '-registered', '',"
                                + " 'ffffffff-ffff-ffff-ffff-ffffffffffff', 10)"))
                .isEqualTo("0");
    }

    @Test
    void otherListsFindCustomersByNameAndAddressTheDeletedTooAndNoMoreThanTheyAskFor() {
        CustomerId one = bench.create("Acme One", "one@x.example");
        CustomerId two = bench.create("Two", "two@ACME.example");
        bench.create("Three 100%", "three@x.example");
        bench.delete(one);
        Scope foreign = bench.tenant();
        CustomerId theirs = bench.create(foreign, "Acme Three", "elsewhere@x.example");

        assertThat(bench.directory.like(scope, "aCmE", 10)).containsExactly(two, one);
        assertThat(bench.directory.like(scope, "acme", 1)).containsExactly(two);
        assertThat(bench.directory.like(scope, "%", 10)).hasSize(1);
        assertThat(bench.directory.like(scope.only(one), "acme", 10)).containsExactly(one);
        assertThat(bench.directory.like(foreign, "acme", 10)).containsExactly(theirs);
    }

    @Test
    void theSearchUsesTheTrigramIndexAmongFiftyThousand() {
        bench.data.executeAsOwner("""
                begin;
                alter table customers.customer no force row level security;
                insert into customers.customer (tenant_id, customer_id, name, likeness, email, line1, status, version, created_at, updated_at)
                select '%s', gen_random_uuid(), 'Company ' || md5(i::text), md5(i::text), md5((i * 7)::text) || '@x.example', '1', 'ACTIVE', 1,
                       timestamptz '2026-01-01', timestamptz '2026-01-01'
                  from generate_series(1, 50000) i;
                alter table customers.customer force row level security;
                commit;
                analyze customers.customer;
                """.formatted(scope.tenant().uuid()));
        bench.create("Quetzal Freight", "q@x.example");

        long scans = trigramScans();
        List<String> found = names("QUETZAL", null, null, "name");
        assertThat(found).containsExactly("Quetzal Freight");
        assertThat(trigramScans()).isGreaterThan(scans);

        // what the function is there for: the same question without it reads the tenant's every row
        String plain = explained("select customer_id from customers.customer where tenant_id = '"
                + scope.tenant().uuid() + "' and search like '%quetzal%'");
        assertThat(plain.lines().filter(line -> line.contains("~~")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("Index Cond"));
    }

    /** How often the trigram index was used, once the counters of every session have arrived. */
    private long trigramScans() {
        bench.data.database().run(scope, () -> {});
        try {
            // the server's sessions report at most once a second
            Thread.sleep(1_200);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        total(scope, CustomerFilter.ALL);
        return Long.parseLong(bench.data.queryAsOwner(
                "select coalesce(idx_scan, 0) from pg_stat_user_indexes where indexrelname = 'customer_search'"));
    }

    private String explained(String sql) {
        try (java.sql.Connection connection =
                        org.bursar.testing.TestPostgres.connectAsApplication(bench.data.address());
                java.sql.Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local app.tenant = '" + scope.tenant().uuid() + "'");
            StringBuilder plan = new StringBuilder();
            try (java.sql.ResultSet rows = statement.executeQuery("explain " + sql)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

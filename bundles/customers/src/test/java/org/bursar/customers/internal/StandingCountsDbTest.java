package org.bursar.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.bursar.customers.internal.AccountLifecycle.Verb;
import org.bursar.customers.internal.CustomerDirectory.Total;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StandingCountsDbTest {
    private static final List<String> STATES = List.of("active", "trialing", "past_due", "cancelled", "locked");

    private Bench bench;
    private StandingCounts counts;

    @BeforeEach
    void open() {
        bench = new Bench();
        counts = new StandingCounts(bench.data.database(), bench.users, bench.accounts);
        counts.addStates(Fakes.service(bench.facts));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Map<String, Integer> exact(Scope scope) {
        Map<String, Integer> exact = new HashMap<>();
        StandingCounts.Counts all = counts.of(scope);
        exact.put("all", all.all().counted());
        assertThat(all.all().more()).isFalse();
        all.standings().forEach((standing, total) -> {
            assertThat(total.more()).isFalse();
            exact.put(standing, total.counted());
        });
        return exact;
    }

    private List<CustomerId> create(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> bench.create("c" + i, "c" + i + "@x.example"))
                .toList();
    }

    @Test
    void eachCountIsWhatTheListOfThatStandingShows() {
        List<CustomerId> ids = new ArrayList<>(create(20));
        for (int i = 0; i < 18; i++) {
            bench.facts.subscribe(ids.get(i), "scale", STATES.get(Math.min(i / 3, 4)));
        }
        // whatever their subscriptions say
        for (int i : List.of(2, 5, 8)) {
            bench.lifecycle.change(bench.scope, ids.get(i), Verb.SUSPEND, OptionalLong.empty(), null);
        }
        bench.lifecycle.change(bench.scope, ids.get(12), Verb.DEACTIVATE, OptionalLong.empty(), null);
        bench.delete(ids.get(13));
        bench.delete(ids.get(0));

        Map<String, Integer> exact = exact(bench.scope);
        assertThat(exact)
                .isEqualTo(Map.of(
                        "all",
                        18,
                        "active",
                        3,
                        "trialing",
                        2,
                        "past_due",
                        2,
                        "cancelled",
                        3,
                        "locked",
                        4,
                        "suspended",
                        3,
                        "inactive",
                        1));
        exact.forEach((standing, count) -> assertThat(bench.directory
                        .list(
                                bench.scope,
                                Bench.filter(null, standing.equals("all") ? null : standing, null, null),
                                new Page.Request(100, null))
                        .items())
                .as(standing)
                .hasSize(count));
    }

    @Test
    void theCustomersThatAreCountedAreTheScopes() {
        List<CustomerId> ids = create(3);
        bench.facts.subscribe(ids.get(1), "scale", "locked");
        Scope foreign = bench.tenant();
        bench.create(foreign, "Three", "three@acme.example");

        assertThat(exact(bench.scope.only(ids.get(0)))).containsEntry("all", 1).containsEntry("locked", 0);
        assertThat(exact(bench.scope.only(ids.get(1))))
                .containsEntry("active", 0)
                .containsEntry("locked", 1);
        assertThat(exact(foreign)).containsEntry("active", 1).containsEntry("locked", 0);
    }

    @Test
    void withoutTheOwnerOfSubscriptionsOnlyTheAccountsOwnAreCounted() {
        create(2);
        StandingCounts alone = new StandingCounts(bench.data.database(), bench.users, bench.accounts);
        assertThat(alone.of(bench.scope).all()).isEqualTo(new Total(2, false));
        assertThat(alone.of(bench.scope).standings()).containsOnlyKeys("suspended", "inactive");
    }

    @Test
    void usersAreCountedUpToTenThousand() {
        create(2);
        bench.users.more = 1_944;
        assertThat(counts.of(bench.scope).users()).isEqualTo(new Total(1_946, false));
        bench.users.more = 9_998;
        assertThat(counts.of(bench.scope).users()).isEqualTo(new Total(10_000, false));
        bench.users.more = 9_999;
        assertThat(counts.of(bench.scope).users()).isEqualTo(new Total(10_000, true));
    }

    @Test
    void nothingIsCountedFartherThanAThousand() {
        List<CustomerId> first = create(4);
        bench.facts.subscribe(first.get(0), "scale", "active");
        bench.facts.subscribe(first.get(1), "scale", "past_due");
        bench.data.executeAsOwner("""
                alter table customers.customer no force row level security;
                insert into customers.customer (tenant_id, customer_id, name, likeness, email, line1, status, version, created_at, updated_at)
                select '%s', gen_random_uuid(), 'Company ' || i, i, i || '@x.example', '1', 'ACTIVE', 1,
                       timestamptz '2026-01-01', timestamptz '2026-01-01'
                  from generate_series(1, 1200) i;
                alter table customers.customer force row level security;
                """.formatted(bench.scope.tenant().uuid()));
        StandingCounts.Counts many = counts.of(bench.scope);
        assertThat(many.all()).isEqualTo(new Total(1_000, true));
        assertThat(many.standings())
                .containsEntry("active", new Total(1_000, true))
                .containsEntry("past_due", new Total(1, false));

        List<CustomerId> rest = new ArrayList<>();
        bench.directory.eachRow(bench.scope, rows -> rows.forEach(row -> rest.add(row.customerId())));
        rest.removeAll(first);
        rest.subList(0, 1_150).forEach(id -> bench.facts.subscribe(id, "scale", "trialing"));
        StandingCounts.Counts trials = counts.of(bench.scope);
        assertThat(trials.standings())
                .containsEntry("trialing", new Total(1_000, true))
                .as("at least the one whose subscription says so")
                .containsEntry("active", new Total(1, true));
    }
}

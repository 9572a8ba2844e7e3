package org.bursar.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bursar.customers.internal.AccountLifecycle.Verb;
import org.bursar.customers.internal.CustomerDirectory.Total;
import org.bursar.customers.internal.CustomerFilter.Query;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerFiltersDbTest {
    private static final List<String> SORTS = List.of("-registered", "registered", "name", "-name");

    private static final Query NOTHING = new Query(null, null, null, null, null, null, null, null);

    private Bench bench;
    private CustomerId oslo;

    @BeforeEach
    void open() {
        bench = new Bench();
        bench.create("Delta Drums", "US", Instant.parse("2026-11-01T23:59:59.999Z"));
        oslo = bench.create("Charlie Oslo", "NO", Instant.parse("2026-11-02T00:00:00Z"));
        bench.create("alpha drums", "US", Instant.parse("2026-11-03T12:00:00Z"));
        bench.create("Bravo Bergen", "NO", Instant.parse("2026-11-04T23:59:59.999Z"));
        bench.create("Echo Drums", null, Instant.parse("2026-11-05T00:00:00Z"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private List<String> names(Query query, int limit) {
        List<String> names = new ArrayList<>();
        String after = null;
        do {
            Page<FoundCustomer> page =
                    bench.directory.list(bench.scope, CustomerFilter.of(query), new Page.Request(limit, after));
            page.items().forEach(found -> names.add(found.row().name()));
            after = page.next();
        } while (after != null);
        return names;
    }

    /** The same in every order and with pages of every size, in the order by name. */
    private List<String> found(String q, String status, String country, String from, String to, String balance) {
        List<String> found = names(new Query(q, status, null, country, from, to, balance, "name"), 1);
        for (String sort : SORTS) {
            List<String> names = names(new Query(q, status, null, country, from, to, balance, sort), 2);
            assertThat(names).as(sort).containsExactlyInAnyOrderElementsOf(found);
            String other = sort.startsWith("-") ? sort.substring(1) : "-" + sort;
            List<String> reversed = new ArrayList<>(names);
            java.util.Collections.reverse(reversed);
            assertThat(names(new Query(q, status, null, country, from, to, balance, other), 200))
                    .as(other)
                    .isEqualTo(reversed);
        }
        return found;
    }

    private Optional<Total> total(String q, String country, String from, String to, String balance, int limit) {
        CustomerFilter filter = CustomerFilter.of(new Query(q, null, null, country, from, to, balance, null));
        Page.Request request = new Page.Request(limit, null);
        return bench.directory.count(bench.scope, filter, request, bench.directory.list(bench.scope, filter, request));
    }

    private List<String> chosen(String customers, int limit) {
        List<String> names = new ArrayList<>();
        String after = null;
        do {
            Page<FoundCustomer> page = bench.directory.chosen(
                    bench.scope, CustomerFilter.chosen(customers, NOTHING), new Page.Request(limit, after));
            page.items().forEach(found -> names.add(found.row().name()));
            after = page.next();
        } while (after != null);
        return names;
    }

    @Test
    void customersAreAskedForByTheirIds() {
        CustomerId golf = bench.create("Golf Gear", "SE", Instant.parse("2026-11-06T00:00:00Z"));
        CustomerId gone = bench.create("Gone", "SE", Instant.parse("2026-11-07T00:00:00Z"));
        bench.lifecycle.change(bench.scope, gone, Verb.DELETE, java.util.OptionalLong.empty(), null);
        String ids = String.join(
                ",",
                oslo.toString(),
                golf.toString(),
                oslo.toString(),
                gone.toString(),
                CustomerId.next(java.time.Clock.systemUTC()).toString());
        assertThat(chosen(ids, 200)).containsExactly("Golf Gear", "Charlie Oslo");
        assertThat(chosen(ids, 1)).containsExactly("Golf Gear", "Charlie Oslo");
        assertThat(CustomerFilter.chosen(" ", NOTHING)).isEmpty();
        refused("acme", NOTHING);
        refused((golf + ",").repeat(200) + golf, NOTHING);
        refused(golf.toString(), new Query(null, null, null, null, null, null, null, "name"));
        assertThat(CustomerFilter.chosen((golf + ",").repeat(199) + golf, NOTHING))
                .containsExactly(golf);
    }

    @Test
    void aCountryIsTheAddresssAndCombinesWithTheRest() {
        assertThat(found(null, null, "US", null, null, null)).containsExactly("alpha drums", "Delta Drums");
        assertThat(found(null, null, "no", null, null, null)).containsExactly("Bravo Bergen", "Charlie Oslo");
        assertThat(found("drums", null, "US", null, null, null)).containsExactly("alpha drums", "Delta Drums");
        assertThat(found("oslo", null, "US", null, null, null)).isEmpty();
        assertThat(found(null, null, "SE", null, null, null)).isEmpty();
        assertThat(total(null, "US", null, null, null, 1)).contains(new Total(2, false));
        bench.lifecycle.change(bench.scope, oslo, Verb.SUSPEND, java.util.OptionalLong.empty(), null);
        assertThat(found(null, "suspended", "NO", null, null, null)).containsExactly("Charlie Oslo");
        assertThat(found("o", "suspended", "NO", null, null, null)).containsExactly("Charlie Oslo");
        assertThat(found(null, "suspended", "US", null, null, null)).isEmpty();
    }

    @Test
    void aPeriodHasItsFirstMomentAndNotTheFirstOfTheNext() {
        assertThat(found(null, null, null, "2026-11-02", "2026-11-04", null))
                .containsExactly("alpha drums", "Bravo Bergen", "Charlie Oslo");
        assertThat(found(null, null, null, "2026-11-03T12:00:00Z", null, null))
                .containsExactly("alpha drums", "Bravo Bergen", "Echo Drums");
        assertThat(found(null, null, null, null, "2026-11-03T12:00:00Z", null))
                .containsExactly("Charlie Oslo", "Delta Drums");
        assertThat(found("drums", null, null, "2026-11-02", null, null)).containsExactly("alpha drums", "Echo Drums");
        assertThat(found("drums", null, "US", "2026-11-02", null, null)).containsExactly("alpha drums");
        assertThat(found(null, null, "NO", null, "2026-11-02", null)).containsExactly("Charlie Oslo");
        assertThat(found(null, null, null, "2026-11-04", "2026-11-02", null)).isEmpty();
        assertThat(total(null, null, "2026-11-02", "2026-11-04", null, 1)).contains(new Total(3, false));
        assertThat(total(null, "NO", "2026-11-04", null, null, 1)).contains(new Total(1, false));
    }

    /** The id is made before the time that is shown: what is a little later is of the day that is shown. */
    @Test
    void aPeriodIsByTheTimeThatIsShown() {
        bench.data.executeAsOwner("""
                begin;
                alter table customers.customer no force row level security;
                update customers.customer set created_at = timestamptz '2026-11-02 00:00:20+00' where name = 'Delta Drums';
                alter table customers.customer force row level security;
                commit;
                """);

        assertThat(found(null, null, null, null, "2026-11-01", null)).isEmpty();
        assertThat(found(null, null, null, "2026-11-02", "2026-11-02", null))
                .containsExactly("Charlie Oslo", "Delta Drums");
        assertThat(found("drums", null, null, "2026-11-02", "2026-11-02", null)).containsExactly("Delta Drums");
    }

    @Test
    void aBalanceIsWhatItsOwnerTells() {
        assertThat(found(null, null, null, null, null, "zero"))
                .as("nobody knows")
                .isEmpty();
        List<CustomerId> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(bench.create("w" + i, "SE", Instant.parse("2026-11-06T00:00:00Z")));
        }
        bench.facts.subscribe(ids.get(0), "scale", "active");
        bench.facts.balance(ids.get(0), "-0.000001");
        bench.facts.balance(ids.get(1), "0.000000");
        bench.facts.balance(ids.get(2), "0");
        bench.facts.balance(ids.get(3), "12345678901234.000001");
        bench.facts.balance(oslo, "-142.36");

        assertThat(found(null, null, null, null, null, "negative")).containsExactly("Charlie Oslo", "w0");
        assertThat(found(null, null, null, null, null, "zero")).containsExactly("w1", "w2");
        assertThat(found(null, null, null, null, null, "positive")).containsExactly("w3");
        assertThat(found(null, null, "SE", null, null, "negative")).containsExactly("w0");
        assertThat(found("w", null, null, "2026-11-06", null, "negative")).containsExactly("w0");
        assertThat(found(null, null, null, null, "2026-11-05", "negative")).containsExactly("Charlie Oslo");
        assertThat(names(new Query(null, "active", "scale", null, null, null, "negative", null), 2))
                .containsExactly("w0");
        assertThat(total(null, null, null, null, "negative", 1)).isEmpty();
        assertThat(total(null, null, null, null, "negative", 2)).contains(new Total(2, false));
    }

    private static void refused(String customers, Query besides) {
        ProblemException refusal =
                catchThrowableOfType(ProblemException.class, () -> CustomerFilter.chosen(customers, besides));
        assertThat(refusal.problem().errors()).extracting(FieldError::pointer).containsExactly("/customers");
    }

    @Test
    void whatIsNoSuchThingIsRefusedAtItsPlace() {
        ProblemException refusal = catchThrowableOfType(
                ProblemException.class,
                () -> CustomerFilter.of(
                        new Query(null, null, null, "Norway", "soon", "2026-02-30", "below", "colour")));

        assertThat(refusal.problem().errors())
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder("/country", "/from", "/to", "/balance", "/sort");
        assertThat(CustomerFilter.of(new Query("", "", "", " ", "", "", "", null)))
                .isEqualTo(CustomerFilter.ALL);
    }

    @Test
    void anotherTenantsCustomersAreNotAmongThem() {
        bench.create(bench.tenant(), "Foreign", "f@x.example");

        assertThat(found("foreign", null, "US", "1970-01-01", "9998-01-01", null))
                .isEmpty();
        assertThat(found(null, null, "US", "1970-01-01", "9998-01-01", null))
                .containsExactly("alpha drums", "Delta Drums");
    }
}

package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bursar.identity.UserSummary;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseFilter;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.sql.PurchaseMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PurchaseListsDbTest {
    private static World world;

    private Scope scope;
    private CustomerId acme;
    private CustomerId fjord;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void tenant() {
        scope = world.tenant();
        acme = world.customer(scope, "Acme Corporation");
        fjord = world.customer(scope, "Fjord & Pine");
    }

    private static PurchaseFilter like(String text) {
        return filter(text, null, null, null, null);
    }

    private static PurchaseFilter filter(
            String text, CustomerId customer, PurchaseState state, Instant from, Instant to) {
        return new PurchaseFilter(
                Optional.ofNullable(customer),
                Optional.ofNullable(state),
                Optional.empty(),
                Optional.ofNullable(text),
                Optional.empty(),
                Optional.ofNullable(from),
                Optional.ofNullable(to));
    }

    /** Everything that a filter leaves, two a page. */
    private static List<PurchaseId> listed(Scope reader, PurchaseFilter filter) {
        List<PurchaseId> all = new ArrayList<>();
        String after = null;
        do {
            Page<Purchase> page = world.purchases.list(reader, filter, new Page.Request(2, after));
            page.items().forEach(purchase -> all.add(purchase.id()));
            after = page.next();
        } while (after != null);
        return all;
    }

    private List<PurchaseId> bought(CustomerId customer, int many) {
        List<PurchaseId> newestFirst = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            newestFirst.add(0, world.buy(scope, customer, World.DEPOSIT).id());
        }
        return newestFirst;
    }

    @Test
    void aPartOfACustomersNameFindsAllThatItBought() {
        List<PurchaseId> theirs = bought(acme, 5);
        bought(fjord, 2);

        assertThat(listed(scope, like("aCmE cor"))).isEqualTo(theirs);
        assertThat(listed(scope, like("nobody"))).isEmpty();
        assertThat(listed(scope, filter("acme", fjord, null, null, null))).isEmpty();
        assertThat(listed(scope, filter("acme", acme, PurchaseState.APPROVED, null, null)))
                .isEmpty();
    }

    @Test
    void customersThatAreLikeItAreListedAmongEachOtherByTime() {
        List<PurchaseId> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(0, bought(i % 2 == 0 ? acme : fjord, 1).get(0));
            world.clock.advance(Duration.ofMinutes(1));
        }

        // both names have an o
        assertThat(listed(scope, like("o"))).isEqualTo(all);
    }

    @Test
    void aNumberOrAProvidersReferenceFindsTheOne() {
        Purchase purchase = world.buy(scope, acme, World.CARD);
        bought(fjord, 3);
        String reference = reference(purchase.id());

        for (String text : List.of(
                purchase.number(),
                purchase.number().toLowerCase(java.util.Locale.ROOT),
                purchase.number().substring(4),
                reference)) {
            assertThat(listed(scope, like(text))).as(text).containsExactly(purchase.id());
        }
        assertThat(listed(scope, filter(purchase.number(), fjord, null, null, null)))
                .isEmpty();
        assertThat(listed(scope, like("PUR-9"))).isEmpty();
    }

    private String reference(PurchaseId id) {
        PurchaseMapper mapper = world.database.mapper("purchases", PurchaseMapper.class);
        return world.database.transact(
                scope, () -> mapper.find(scope.tenant(), id).orElseThrow().refId());
    }

    @Test
    void aPeriodHoldsItsBeginAndNotItsEnd() {
        Instant begin = world.clock.instant();
        List<PurchaseId> first = bought(acme, 3);
        world.clock.advance(Duration.ofDays(1));
        Instant middle = world.clock.instant();
        List<PurchaseId> second = bought(acme, 3);

        assertThat(listed(scope, filter(null, null, null, middle, null))).isEqualTo(second);
        assertThat(listed(scope, filter(null, null, null, null, middle))).isEqualTo(first);
        assertThat(listed(scope, filter("acme", null, null, begin, middle))).isEqualTo(first);
        assertThat(listed(scope, filter(null, acme, PurchaseState.AWAITING_PAYMENT, begin, middle)))
                .isEqualTo(first);
        assertThat(listed(scope, filter(null, null, null, middle, middle))).isEmpty();
    }

    private static PurchaseFilter priced(String currency, long minor, PurchaseState state) {
        return new PurchaseFilter(
                Optional.empty(),
                Optional.ofNullable(state),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Money(currency, minor)),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void anAmountFindsThoseOfExactlyThatPriceAndCurrency() {
        List<PurchaseId> all = bought(acme, 3);
        Money price = world.purchases.get(scope, all.get(0)).price();

        assertThat(listed(scope, priced(price.currency(), price.minor(), null))).isEqualTo(all);
        assertThat(listed(scope, priced(price.currency(), price.minor(), PurchaseState.AWAITING_PAYMENT)))
                .isEqualTo(all);
        assertThat(listed(scope, priced(price.currency(), price.minor(), PurchaseState.DECLINED)))
                .isEmpty();
        assertThat(listed(scope, priced(price.currency(), price.minor() + 1, null)))
                .isEmpty();
        assertThat(listed(scope, priced("JPY", price.minor(), null))).isEmpty();
    }

    @Test
    void whoPlacedItIsNamedAsLongAsTheyAreThere() {
        UserId elena = UserId.next(world.clock);
        Actor actor = new Actor(Actor.Kind.USER, elena.toString(), "elena");
        Scope hers = Scope.of(scope.tenant(), actor);
        world.people.put(elena, new UserSummary(elena, "Elena Ruiz", "elena@acme.example"));
        PurchaseId id = world.buy(hers, acme, World.DEPOSIT).id();
        PurchaseId byKey = bought(acme, 1).get(0);

        assertThat(world.purchases.get(scope, id).creator())
                .isEqualTo(new Purchase.Creator(elena.toString(), "Elena Ruiz", "elena@acme.example"));
        assertThat(world.purchases.get(scope, byKey).creator())
                .isEqualTo(new Purchase.Creator(scope.actor().id(), null, null));
        world.people.clear();
        assertThat(world.purchases
                        .list(scope, PurchaseFilter.of(acme), Page.Request.first())
                        .items())
                .extracting(purchase -> purchase.creator().name())
                .containsOnlyNulls();
    }

    @Test
    void noOtherTenantAndNoOtherCustomerIsFound() {
        List<PurchaseId> theirs = bought(acme, 1);
        bought(fjord, 1);
        Scope foreign = world.tenant();
        world.customer(foreign, "Acme elsewhere");
        String number = world.purchases.get(scope, theirs.get(0)).number();
        String reference = reference(theirs.get(0));

        for (String text : List.of("acme", number, reference)) {
            assertThat(listed(foreign, like(text))).as(text).isEmpty();
            assertThat(listed(scope.only(fjord), like(text))).as(text).isEmpty();
        }
        assertThat(listed(scope.only(acme), like("o"))).isEqualTo(theirs);
    }

    @Test
    void aTextThatTooManyCustomersHaveIsRefusedWithWhatToDo() {
        for (int i = 0; i < PurchaseLists.MOST_CUSTOMERS; i++) {
            world.customer(scope, "Company " + i);
        }
        assertThat(listed(scope, like("company"))).isEmpty();
        world.customer(scope, "Company of companies");

        assertThatThrownBy(() -> listed(scope, like("company")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().toString()).contains("/q", "write more of the name"));
        // a number with its prefix is nobody's name
        assertThat(listed(scope, like("PUR-1"))).isEmpty();
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        for (String cursor : List.of(
                Cursor.encode("-number", 7),
                Cursor.encode("-placed", "+100000000-01-01T00:00:00Z", 7),
                Cursor.encode("-placed", "today", 7),
                Cursor.encode("-placed", "2026-11-21T10:00:00Z", "seven"))) {
            assertThatThrownBy(() -> world.purchases.list(scope, PurchaseFilter.ALL, new Page.Request(3, cursor)))
                    .isInstanceOf(ProblemException.class);
        }
    }
}

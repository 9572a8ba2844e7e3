package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.purchases.NextStep;
import org.bursar.purchases.PackageDraft;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseFilter;
import org.bursar.purchases.PurchaseState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PurchasesDbTest {
    private static final Money PRICE = new Money("USD", 45_000);
    private static World world;

    private Scope scope;
    private CustomerId customer;

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
        customer = world.customer(scope);
    }

    @Test
    void aDepositIsAwaitedApprovedAndCreditedOnce() {
        Purchase purchase = world.buy(scope, customer, World.DEPOSIT);

        assertThat(purchase.state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        assertThat(purchase.number()).matches("PUR-\\d+");
        assertThat(purchase.next()).isInstanceOfSatisfying(NextStep.Instructions.class, instructions -> {
            assertThat(instructions.reference()).isEqualTo(purchase.number());
            assertThat(instructions.lines())
                    .containsExactly(
                            new NextStep.Line("Account", "0417"), new NextStep.Line("Reference", purchase.number()));
        });
        assertThat(world.balance(scope, customer)).isZero();

        Purchase approved = approve(purchase.id());

        assertThat(approved.state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(approved.received()).isEqualTo(PRICE);
        assertThat(approved.next()).isNull();
        assertThat(approved.decision().name()).isEqualTo("Mara");
        assertThat(approved.decision().evidence()).isEqualTo("statement of 21 November");
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");

        assertThat(approve(purchase.id())).isEqualTo(approved);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
        assertThat(world.entries(scope, customer)).isEqualTo(1);
        assertThat(world.audited)
                .contains(
                        "purchase.create " + purchase.id(),
                        "purchase.awaiting_payment " + purchase.id(),
                        "purchase.approved " + purchase.id());
    }

    private Purchase approve(PurchaseId id) {
        return world.purchases.approve(scope, id, PRICE, Optional.of("statement of 21 November"));
    }

    @Test
    void anyOtherAmountOrCurrencyIsRefusedAndChangesNothing() {
        Purchase purchase = world.buy(scope, customer, World.DEPOSIT);
        for (Money wrong : List.of(
                new Money("USD", 44_999), new Money("USD", 45_001), new Money("EUR", 45_000), new Money("JPY", 450))) {
            refused("invalid", () -> world.purchases.approve(scope, purchase.id(), wrong, Optional.empty()));
        }
        assertThat(world.purchases.get(scope, purchase.id())).isEqualTo(purchase);
        assertThat(world.entries(scope, customer)).isZero();

        Purchase approved = approve(purchase.id());
        refused("invalid", () -> world.purchases.approve(scope, purchase.id(), new Money("USD", 1), Optional.empty()));
        assertThat(world.purchases.get(scope, purchase.id())).isEqualTo(approved);
    }

    @Test
    void eightApprovalsAtOnceCreditOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            CustomerId payer = world.customer(scope);
            Purchase purchase = world.buy(scope, payer, World.DEPOSIT);

            List<Purchase> approved = atOnce(8, () -> approve(purchase.id()));

            assertThat(approved).extracting(Purchase::state).containsOnly(PurchaseState.APPROVED);
            assertThat(world.balance(scope, payer)).isEqualByComparingTo("500");
            assertThat(world.entries(scope, payer)).isEqualTo(1);
        }
    }

    @Test
    void anApprovalThatRacesADeclineEndsApprovedOrDeclinedAndTheCreditAgrees() throws Exception {
        for (int round = 0; round < 10; round++) {
            CustomerId payer = world.customer(scope);
            Purchase purchase = world.buy(scope, payer, World.DEPOSIT);
            List<Callable<Object>> race = List.of(
                    () -> approve(purchase.id()), () -> world.purchases.decline(scope, purchase.id(), "not seen"));

            all(race);

            // a decline that came first does not stop the money; one that came later is refused
            assertThat(world.purchases.get(scope, purchase.id()).state()).isEqualTo(PurchaseState.APPROVED);
            assertThat(world.balance(scope, payer)).isEqualByComparingTo("500");
        }
    }

    @Test
    void numbersAreUniqueAndUnbrokenWhateverFails() throws Exception {
        PackageId bought = world.credits500(scope);
        List<Callable<Object>> work = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            boolean fails = i % 4 == 0;
            work.add(() -> world.database.transact(scope, () -> {
                PurchaseId id = world.purchases.open(scope, customer, bought, World.DEPOSIT);
                if (fails) {
                    throw new IllegalStateException("rolled back");
                }
                return id;
            }));
        }

        all(work);

        Set<Long> numbers =
                world.purchases.list(scope, PurchaseFilter.ALL, new Page.Request(200, null)).items().stream()
                        .map(purchase -> Long.parseLong(purchase.number().substring(4)))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(numbers).hasSize(30);
        assertThat(numbers.stream().max(Long::compare).orElseThrow()
                        - numbers.stream().min(Long::compare).orElseThrow())
                .isEqualTo(29);
    }

    @Test
    void aDeclinedDepositCanStillBeApprovedWhenTheMoneyComes() {
        Purchase purchase = world.buy(scope, customer, World.DEPOSIT);

        Purchase declined = world.purchases.decline(scope, purchase.id(), "nothing came");
        assertThat(declined.state()).isEqualTo(PurchaseState.DECLINED);
        assertThat(declined.decision().reason()).isEqualTo("nothing came");
        assertThat(world.purchases.decline(scope, purchase.id(), "again")).isEqualTo(declined);

        assertThat(approve(purchase.id()).state()).isEqualTo(PurchaseState.APPROVED);
        refused("wrong_state", () -> world.purchases.decline(scope, purchase.id(), "too late"));
        refused("wrong_state", () -> world.purchases.cancel(scope, purchase.id(), Optional.empty()));
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
        assertThat(world.purchases.events(scope, purchase.id()))
                .extracting(event -> event.kind())
                .containsExactly("checkout_started", "declined", "received");
    }

    @Test
    void nobodyPaysWithinFourteenDaysAndTheDepositExpiresButLateMoneyCounts() {
        Purchase purchase = world.buy(scope, customer, World.DEPOSIT);
        Purchase paid = world.buy(scope, customer, World.DEPOSIT);
        approve(paid.id());
        world.clock.advance(Duration.ofDays(13));
        world.expiry.run();
        assertThat(state(purchase)).isEqualTo(PurchaseState.AWAITING_PAYMENT);

        world.clock.advance(Duration.ofDays(1));
        world.expiry.run();
        world.expiry.run();

        assertThat(state(purchase)).isEqualTo(PurchaseState.EXPIRED);
        assertThat(state(paid)).isEqualTo(PurchaseState.APPROVED);
        refused("wrong_state", () -> world.purchases.cancel(scope, purchase.id(), Optional.empty()));
        assertThat(approve(purchase.id()).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("1000");
    }

    private PurchaseState state(Purchase purchase) {
        return world.purchases.get(scope, purchase.id()).state();
    }

    @Test
    void aCustomersOwnCallerBuysReadsAndCancelsItsOwnAndNeverApproves() {
        CustomerId other = world.customer(scope);
        Scope own = scope.only(customer);
        Purchase mine = world.buy(own, customer, World.DEPOSIT);
        Purchase theirs = world.buy(scope, other, World.DEPOSIT);

        assertThat(world.purchases
                        .list(own, PurchaseFilter.ALL, Page.Request.first())
                        .items())
                .containsExactly(mine);
        assertThat(world.purchases
                        .list(own, PurchaseFilter.of(other), Page.Request.first())
                        .items())
                .isEmpty();
        refused("not_found", () -> world.purchases.get(own, theirs.id()));
        refused("not_found", () -> world.purchases.events(own, theirs.id()));
        refused("not_found", () -> world.purchases.cancel(own, theirs.id(), Optional.empty()));
        refused("not_found", () -> world.buy(own, other, World.DEPOSIT));
        refused("forbidden", () -> world.purchases.approve(own, mine.id(), PRICE, Optional.empty()));
        refused("forbidden", () -> world.purchases.decline(own, mine.id(), "x"));
        refused("forbidden", () -> world.credits500(own));
        refused("forbidden", () -> world.gateways.settings(own, World.DEPOSIT));
        assertThat(world.gateways.list(own)).isNotEmpty();
        assertThat(world.purchases
                        .cancel(own, mine.id(), Optional.of("changed my mind"))
                        .state())
                .isEqualTo(PurchaseState.CANCELLED);
    }

    @Test
    void anotherTenantFindsNothing() {
        Purchase purchase = world.buy(scope, customer, World.DEPOSIT);
        Scope stranger = world.tenant();

        refused("not_found", () -> world.purchases.get(stranger, purchase.id()));
        refused("not_found", () -> world.purchases.approve(stranger, purchase.id(), PRICE, Optional.empty()));
        refused("not_found", () -> world.packages.get(stranger, purchase.packageId()));
        refused(
                "not_found",
                () -> world.purchases.open(stranger, world.customer(stranger), purchase.packageId(), World.DEPOSIT));
        assertThat(world.purchases
                        .list(stranger, PurchaseFilter.ALL, Page.Request.first())
                        .items())
                .isEmpty();
        assertThat(world.purchases.counts(stranger, Optional.empty())).isEmpty();
        assertThat(state(purchase)).isEqualTo(PurchaseState.AWAITING_PAYMENT);
    }

    @Test
    void aPackageThatChangesLeavesPurchasesAsTheyWere() {
        Purchase purchase = world.buy(scope, customer, World.DEPOSIT);
        world.packages.change(
                scope,
                purchase.packageId(),
                new PackageDraft("Other", new BigDecimal("1"), "EUR", new BigDecimal("1000000"), false),
                java.util.OptionalLong.of(1));

        assertThat(world.purchases.get(scope, purchase.id())).isEqualTo(purchase);
        approve(purchase.id());
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
        refused("invalid", () -> world.purchases.open(scope, customer, purchase.packageId(), World.DEPOSIT));
        refused(
                "stale",
                () -> world.packages.change(
                        scope,
                        purchase.packageId(),
                        new PackageDraft("Other", new BigDecimal("1"), "EUR", new BigDecimal("1"), false),
                        java.util.OptionalLong.of(1)));
    }

    @Test
    void pricesHaveTheirCurrencysDigitsAndNoMore() {
        assertThat(price("500", "JPY")).isEqualTo(new Money("JPY", 500));
        assertThat(price("5.000", "KWD")).isEqualTo(new Money("KWD", 5_000));
        refused("invalid", () -> price("5.5", "JPY"));
        refused("invalid", () -> price("5.001", "USD"));
        refused("invalid", () -> price("0", "USD"));
        refused("invalid", () -> price("-1", "USD"));
        refused("invalid", () -> price("1", "usd"));
        refused("invalid", () -> price("1", "ABC"));
        refused("invalid", () -> price("1", "XAU"));
    }

    private Money price(String amount, String currency) {
        PackageId id = world.packages.create(
                scope, new PackageDraft("P", new BigDecimal(amount), currency, BigDecimal.ONE, null));
        return world.packages.get(scope, id).price();
    }

    @Test
    void listsGoThroughEveryPurchaseOnceNewestFirst() {
        List<PurchaseId> bought = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            bought.add(
                    0,
                    world.buy(scope, customer, i % 2 == 0 ? World.DEPOSIT : World.CARD)
                            .id());
        }
        List<PurchaseId> listed = new ArrayList<>();
        String after = null;
        do {
            Page<Purchase> page = world.purchases.list(scope, PurchaseFilter.ALL, new Page.Request(3, after));
            page.items().forEach(purchase -> listed.add(purchase.id()));
            after = page.next();
        } while (after != null);

        assertThat(listed).isEqualTo(bought);
        assertThat(world.purchases
                        .list(
                                scope,
                                new PurchaseFilter(
                                        Optional.of(customer),
                                        Optional.of(PurchaseState.AWAITING_PAYMENT),
                                        Optional.of(World.CARD)),
                                Page.Request.first())
                        .items())
                .hasSize(3);
        assertThat(world.purchases.counts(scope, Optional.of(customer)))
                .containsExactly(java.util.Map.entry(PurchaseState.AWAITING_PAYMENT, 7L));
        refused("invalid", () -> world.purchases.list(scope, PurchaseFilter.ALL, new Page.Request(3, "rubbish")));
    }

    @Test
    void reportsSeeRealMoneyOfTheirOwnTenantOnly() {
        approve(world.buy(scope, customer, World.DEPOSIT).id());
        world.buy(scope, customer, World.DEPOSIT);
        Scope stranger = world.tenant();

        assertThat(world.database.transact(scope, () -> reported(scope))).isEqualTo(1L);
        assertThat(world.database.transact(stranger, () -> reported(stranger))).isZero();
        assertThat(world.test.queryAsOwner("select count(*) from purchases.report_approved"))
                .isEqualTo("0");
    }

    private long reported(Scope reader) {
        ReportMapper mapper = world.database.mapper("purchases", ReportMapper.class);
        return mapper.rows().stream()
                .filter(row ->
                        row.equals("450.00 USD 500.000000 " + reader.tenant().uuid()))
                .count();
    }

    /** What reporting reads. */
    interface ReportMapper {
        @org.apache.ibatis.annotations.Select("""
                select amount || ' ' || currency || ' ' || credits || ' ' || tenant_id from purchases.report_approved
                """)
        List<String> rows();
    }

    @Test
    void factsAreNeverChanged() {
        Purchase purchase = world.buy(scope, customer, World.DEPOSIT);
        FactEraser eraser = world.database.mapper("purchases", FactEraser.class);

        assertThatThrownBy(() -> world.database.transact(scope, eraser::change))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> world.database.transact(scope, eraser::erase))
                .hasMessageContaining("permission denied");
        assertThat(world.purchases.events(scope, purchase.id())).hasSize(1);
    }

    /** What nobody may do. */
    interface FactEraser {
        @org.apache.ibatis.annotations.Update("update purchases.purchase_fact set kind = 'RECEIVED'")
        int change();

        @org.apache.ibatis.annotations.Delete("delete from purchases.purchase_fact")
        int erase();
    }

    static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().code().code()).isEqualTo(code));
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                calls.add(work);
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Runs them at once; what one throws is its own matter. */
    private static void all(List<Callable<Object>> work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            threads.invokeAll(work);
        } finally {
            threads.shutdownNow();
        }
    }
}

package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Posting;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.SavedMethod;
import org.bursar.purchases.TopUpDraft;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever crashes, is lost, comes twice or is looked at by however many nodes: a charge is made only while the balance is low and
 * nothing of before is still to be credited, never twice for one purchase, never beyond a cap; and what was captured is credited
 * once.
 */
class TopUpSchedulesDbTest {
    private static final BigDecimal BELOW = new BigDecimal("100");
    private static final int STEPS = 45;
    private static final int DAY = 3;
    private static final int MONTH = 9;

    private static World world;
    private static FakeProvider provider;
    private static ExecutorService nodes;

    private Scope scope;
    private CustomerId customer;
    private PackageId bought;
    private SavedMethod method;
    private BigDecimal spent = BigDecimal.ZERO;
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void open() {
        world = new World();
        provider = world.provider;
        nodes = Executors.newFixedThreadPool(64);
    }

    @AfterAll
    static void close() {
        nodes.shutdownNow();
        world.close();
    }

    private void begin() {
        provider.reset();
        scope = world.tenant();
        customer = world.customer(scope);
        bought = world.credits500(scope);
        PurchaseId first = world.purchases.open(scope, customer, bought, World.PROVIDER, true);
        world.purchases.checkout(scope, first);
        provider.pays(first, 45_000);
        world.look.at(scope, first);
        method = world.topUps
                .methods(scope, Optional.of(customer), Page.Request.first())
                .items()
                .get(0);
        provider.onCharge = this::charged;
        allow();
    }

    /** One world serves all schedules, and its jobs serve all tenants. */
    @AfterEach
    void leave() {
        provider.reset();
        world.topUps
                .list(scope, Page.Request.first())
                .items()
                .forEach(one -> world.topUps.delete(scope, one.customer(), OptionalLong.empty()));
        world.clock.advance(Duration.ofHours(30));
        world.reconciliation.run();
    }

    /** What must hold at the moment in which a provider takes money. */
    private void charged(String purchase) {
        BigDecimal balance = world.balance(scope, customer);
        if (balance.compareTo(BELOW) >= 0) {
            faults.add("charged at a balance of " + balance);
        }
        purchases().stream()
                .filter(one -> !one.id().toString().equals(purchase))
                .filter(one -> provider.payments.containsKey(one.id().toString()))
                .filter(one -> provider.payment(one.id()).captured > 0
                        && one.credited().signum() == 0)
                .forEach(one -> faults.add("charged while " + one.number() + " was still to be credited"));
    }

    private void allow() {
        world.topUps.put(
                scope,
                customer,
                new TopUpDraft(true, BELOW, bought, method.id(), DAY, MONTH, false),
                OptionalLong.empty());
    }

    private void spend(int amount) {
        BigDecimal used = BigDecimal.valueOf(amount);
        Posting usage = new Posting(
                customer, used.negate(), EntryKind.USAGE, Optional.empty(), Optional.empty(), UUID.randomUUID(), false);
        world.database.run(scope, () -> world.ledger.post(scope, List.of(usage)));
        spent = spent.add(used);
    }

    private List<Purchase> purchases() {
        return world.purchases
                .list(
                        scope,
                        new org.bursar.purchases.PurchaseFilter(
                                Optional.of(customer), Optional.empty(), Optional.empty()),
                        new Page.Request(200, null))
                .items();
    }

    private void atOnce(int threads, Runnable work) {
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            calls.add(() -> {
                work.run();
                return true;
            });
        }
        try {
            for (Future<Boolean> one : nodes.invokeAll(calls)) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void look(Random random) {
        List<Purchase> all = purchases();
        world.look.at(scope, all.get(random.nextInt(all.size())).id());
    }

    private void payerPays() {
        provider.payments.entrySet().stream()
                .filter(entry -> entry.getValue().phase == Phase.OPEN && !provider.charges.contains(entry.getKey()))
                .forEach(entry -> provider.pays(entry.getKey(), 45_000));
    }

    private void crash(Runnable work) {
        world.crashAfterPosting.set(true);
        try {
            work.run();
        } catch (IllegalStateException e) {
            // the node died in the middle of it
        } finally {
            world.crashAfterPosting.set(false);
        }
    }

    private void step(Random random) {
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> spend(50 + random.nextInt(350));
            case 3, 4, 5 -> atOnce(1 + random.nextInt(6), world.automatic::run);
            case 6 -> atOnce(1 + random.nextInt(3), world.reconciliation::run);
            case 7 -> {
                List<Duration> spans = List.of(
                        Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(20), Duration.ofHours(7));
                world.clock.advance(spans.get(random.nextInt(spans.size())));
            }
            case 8 -> {
                FakeProvider.Fault[] all = {
                    FakeProvider.Fault.NONE,
                    FakeProvider.Fault.NONE,
                    FakeProvider.Fault.NOT_EXECUTED,
                    FakeProvider.Fault.ANSWER_LOST,
                    FakeProvider.Fault.REQUEST_LOST
                };
                provider.fault = all[random.nextInt(all.length)];
            }
            case 9 -> {
                List<Optional<DeclineCode>> all = List.of(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(DeclineCode.INSUFFICIENT_FUNDS),
                        Optional.of(DeclineCode.AUTHENTICATION_REQUIRED));
                provider.declines = all.get(random.nextInt(all.size())).map(code -> Decline.of(code, "x", false));
            }
            case 10 -> crash(random.nextBoolean() ? world.automatic::run : world.reconciliation::run);
            case 11 -> look(random);
            case 12 -> payerPays();
            default -> {
                if (random.nextBoolean()) {
                    world.topUps.delete(scope, customer, OptionalLong.empty());
                }
                allow();
            }
        }
    }

    private void check(String seed) {
        assertThat(faults).as(seed).isEmpty();
        assertThat(provider.charges).as(seed).doesNotHaveDuplicates();
        Map<String, Purchase> byId =
                purchases().stream().collect(Collectors.toMap(one -> one.id().toString(), Function.identity()));
        List<LocalDate> days = provider.charges.stream()
                .map(byId::get)
                .map(one -> one.createdAt().atZone(ZoneOffset.UTC).toLocalDate())
                .toList();
        days.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .values()
                .forEach(count -> assertThat(count).as(seed).isLessThanOrEqualTo(DAY));
        days.stream()
                .collect(Collectors.groupingBy(YearMonth::from, Collectors.counting()))
                .values()
                .forEach(count -> assertThat(count).as(seed).isLessThanOrEqualTo(MONTH));
        long captured = purchases().stream()
                .filter(one -> provider.payments.containsKey(one.id().toString()))
                .filter(one -> provider.payment(one.id()).captured > 0)
                .count();
        assertThat(world.balance(scope, customer))
                .as(seed)
                .isLessThanOrEqualTo(BigDecimal.valueOf(500)
                        .multiply(BigDecimal.valueOf(captured))
                        .subtract(spent));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void eachChargeIsMadeOnceAndOnlyWhereItWasAllowed(long number) {
        String seed = "seed " + number;
        begin();
        Random random = new Random(number);
        for (int step = 0; step < STEPS; step++) {
            step(random);
            check(seed + ", step " + step);
        }

        provider.fault = FakeProvider.Fault.NONE;
        provider.declines = Optional.empty();
        for (int often = 0; often < 5; often++) {
            payerPays();
            world.clock.advance(Duration.ofHours(2));
            world.reconciliation.run();
            purchases().forEach(one -> world.look.at(scope, one.id()));
            check(seed + ", the end");
        }
        long captured = purchases().stream()
                .filter(one -> provider.payments.containsKey(one.id().toString()))
                .filter(one -> provider.payment(one.id()).captured > 0)
                .count();
        assertThat(world.balance(scope, customer))
                .as(seed)
                .isEqualByComparingTo(BigDecimal.valueOf(500)
                        .multiply(BigDecimal.valueOf(captured))
                        .subtract(spent));
    }

    @Test
    void sixtyFourNodesKeepTheCaps() {
        begin();
        // far from the ends of a day and a month
        world.clock.set(world.clock
                .instant()
                .atZone(ZoneOffset.UTC)
                .plusMonths(1)
                .withDayOfMonth(2)
                .withHour(8)
                .toInstant());
        spend(100_000);
        for (int day = 1; day <= 5; day++) {
            int due = Math.min(MONTH, day * DAY);
            // of 64 on a busy machine all may come too late for a connection: the next round has another try
            for (int round = 0; round < 5 || round < 30 && provider.charges.size() < due; round++) {
                atOnce(64, world.automatic::run);
                world.clock.advance(Duration.ofMinutes(1));
            }
            assertThat(provider.charges).hasSize(due).doesNotHaveDuplicates();
            world.clock.advance(Duration.ofDays(1));
        }
        assertThat(world.balance(scope, customer))
                .isEqualByComparingTo(BigDecimal.valueOf(500L * (1 + MONTH) - 100_000));
    }
}

package org.bursar.purchases.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.bursar.credits.EntryKind;
import org.bursar.credits.Posting;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.SubscriptionId;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Limits;
import org.bursar.plans.Price;
import org.bursar.plans.Subscription;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseFilter;
import org.bursar.purchases.SavedMethod;
import org.bursar.purchases.TopUp;
import org.bursar.purchases.TopUpDraft;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A customer with 500 credits and a method that was saved when they were paid for. */
abstract class TopUpTestBase {
    static World world;
    static FakeProvider provider;

    Scope scope;
    CustomerId customer;
    PackageId bought;
    SavedMethod method;

    @BeforeAll
    static void open() {
        world = new World();
        provider = world.provider;
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void saved() {
        provider.reset();
        world.notServed.clear();
        world.subscription = Optional.empty();
        world.renewal = Optional.empty();
        world.mails.clear();
        world.told.clear();
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
    }

    /** One world serves all tests, and its jobs serve all tenants. */
    @AfterEach
    void leave() {
        provider.reset();
        world.topUps
                .list(scope, Page.Request.first())
                .items()
                .forEach(one -> world.topUps.delete(scope, one.customer(), OptionalLong.empty()));
        world.clock.advance(Duration.ofHours(30));
        world.reconciliation.run();
        world.forgetting.run();
    }

    void allow(String below, int day, int month) {
        world.topUps.put(
                scope.only(customer),
                customer,
                new TopUpDraft(true, new BigDecimal(below), bought, method.id(), day, month, false),
                OptionalLong.empty());
    }

    void spend(String amount) {
        Posting usage = new Posting(
                customer,
                new BigDecimal(amount).negate(),
                EntryKind.USAGE,
                Optional.empty(),
                Optional.empty(),
                UUID.randomUUID(),
                false);
        world.database.run(scope, () -> world.ledger.post(scope, List.of(usage)));
    }

    BigDecimal balance() {
        return world.balance(scope, customer);
    }

    void later(Duration duration) {
        world.clock.advance(duration);
        world.reconciliation.run();
        world.automatic.run();
    }

    TopUp topUp() {
        return world.topUps.get(scope, customer);
    }

    long told(String type) {
        return world.told.stream().filter(one -> one.type().equals(type)).count();
    }

    List<Purchase> purchases() {
        return world.purchases
                .list(
                        scope,
                        new PurchaseFilter(Optional.of(customer), Optional.empty(), Optional.empty()),
                        Page.Request.first())
                .items();
    }

    void declines(DeclineCode code) {
        provider.declines = Optional.of(Decline.of(code, "a_code", false));
    }

    Subscription subscription(SubscriptionStatus status, boolean unpaid) {
        Price price = new Price(BigDecimal.TEN, "USD");
        Instant now = world.clock.instant();
        return new Subscription(
                SubscriptionId.next(world.clock),
                customer,
                PlanId.next(world.clock),
                "plan",
                "Plan",
                1,
                price,
                BillingCycle.MONTH,
                Limits.NONE,
                List.of(),
                price,
                status,
                now,
                now,
                now,
                Optional.of(new Subscription.Lock(now, "system", "a reason", unpaid)),
                Optional.empty(),
                false,
                now,
                Optional.empty(),
                Optional.empty(),
                1);
    }

    List<SavedMethod> methods() {
        return world.topUps
                .methods(scope, Optional.of(customer), Page.Request.first())
                .items();
    }
}

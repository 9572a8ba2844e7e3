package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.testing.TestDatabase;
import org.bursar.webhooks.Announcement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a tenant's systems are told of subscriptions. */
class SubscriptionNewsDbTest {
    private static TestDatabase postgres;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void aRenewalIsToldOnceOnHoweverManyNodesAndOneThatIsNotPaidToo() throws Exception {
        Shop shop = new Shop(postgres);
        shop.plan("scale", "799.00", BillingCycle.MONTH);
        CustomerId rich = shop.subscriber("2000", "scale");
        CustomerId poor = shop.subscriber("1", "scale");
        shop.told.clear();
        shop.clock.set(Instant.parse("2026-02-28T10:00:00Z"));
        Together.run(4, () -> shop.renewals().run());

        assertThat(of(shop, rich)).singleElement().satisfies(one -> {
            assertThat(one.type()).isEqualTo("subscription.renewed");
            assertThat(one.data())
                    .containsEntry("status", SubscriptionStatus.ACTIVE)
                    .containsEntry("plan", "scale");
        });
        assertThat(of(shop, poor)).singleElement().satisfies(one -> {
            assertThat(one.type()).isEqualTo("subscription.updated");
            assertThat(one.data()).containsEntry("status", SubscriptionStatus.PAST_DUE);
        });
        shop.told.clear();
        shop.subscriptions.lock(shop.scope, rich, "asked for it");
        assertThat(of(shop, rich))
                .singleElement()
                .satisfies(one -> assertThat(one.data()).containsEntry("status", SubscriptionStatus.LOCKED));
    }

    private static List<Announcement> of(Shop shop, CustomerId customer) {
        return shop.told.stream()
                .filter(one -> one.customer().filter(customer::equals).isPresent())
                .toList();
    }
}

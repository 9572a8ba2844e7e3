package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.GatewayDescriptor.Feature;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.SubscriptionControl;
import org.bursar.payments.spi.SubscriptionSnapshot;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.purchases.GatewayInfo;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.internal.sql.SaleMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tenants the job that looks after plans asks, and through which gateways plans are taken at all. */
class PlanTenantsDbTest {
    private static final String OLD = "old";
    private static final String NEW = "new";

    private World world;
    private Scope scope;
    private CustomerId customer;

    /** As a gateway of 1.0 of the SPI was: it renews and ends subscriptions, and shows no periods. */
    private static class Renewing extends ScriptedGateway implements SubscriptionControl {
        Renewing(String id) {
            super(id);
            show = (context, ref) -> snapshot(ref, Phase.CAPTURED, 10_000);
        }

        @Override
        public GatewayDescriptor descriptor() {
            return GatewayDescriptor.builder(super.descriptor().id(), "Renewing")
                    .features(Feature.ONE_OFF, Feature.SUBSCRIPTION)
                    .build();
        }

        @Override
        public PaymentSnapshot cancelSubscription(
                GatewayContext context, PaymentRef subscription, boolean atPeriodEnd, IdempotencyKey key)
                throws GatewayException {
            return fetch(context, subscription);
        }
    }

    /** The same with what 1.1 brought. */
    private static class Showing extends Renewing {
        Showing(String id) {
            super(id);
        }

        @Override
        public SubscriptionSnapshot subscription(GatewayContext context, PaymentRef subscription) {
            return SubscriptionSnapshot.of(
                    PaymentRef.of("subscription", "sub_1"), SubscriptionSnapshot.Status.RUNNING, List.of());
        }
    }

    /** Which inherits all that it can. */
    private static final class Heir extends Showing {
        Heir(String id) {
            super(id);
        }
    }

    @BeforeEach
    void open() {
        world = new World();
        world.queue.close();
        world.services.register(OLD, new Renewing(OLD));
        world.services.register(NEW, new Heir(NEW));
        scope = tenant();
        customer = world.customer(scope);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Scope tenant() {
        Scope made = world.tenant();
        world.gateways.put(made, OLD, Map.of(), OptionalLong.empty());
        world.gateways.put(made, NEW, Map.of(), OptionalLong.empty());
        world.shelf.put(made, "scale", "100.00");
        return made;
    }

    private List<UUID> asked() {
        SaleMapper mapper = world.database.mapper("purchases", SaleMapper.class);
        Scope platform = Scope.platform(Actor.system("test"));
        return world.database.transact(platform, () -> mapper.tenants(platform.tenant(), new UUID(0, 0), 1_000));
    }

    @Test
    void onlyTenantsInWhichAPlanWasEverTakenAreAskedAndTheFirstIsFoundAtOnce() {
        Scope other = tenant();
        world.planPayments.run();
        assertThat(asked()).isEmpty();

        world.buy(scope, customer, World.CARD);
        assertThat(asked()).as("a package is no plan").isEmpty();

        PurchaseId id = world.purchases.openPlan(scope, customer, "scale", NEW);
        world.purchases.openPlan(scope, world.customer(scope), "scale", NEW);
        assertThat(asked()).containsExactly(scope.tenant().uuid());

        world.purchases.checkout(scope, id);
        world.look.at(scope, id);
        world.planPayments.run();
        assertThat(world.shelf.subscriptions.find(scope, customer).orElseThrow().status())
                .isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(asked()).doesNotContain(other.tenant().uuid());
    }

    @Test
    void theSaleAndItsMarkAreStoredTogetherOrNeither() {
        assertThatThrownBy(() -> world.database.run(scope, () -> {
                    world.purchases.openPlan(scope, customer, "scale", NEW);
                    throw new IllegalStateException("the node died before it committed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(asked()).isEmpty();
        assertThat(world.audited).noneMatch(one -> one.startsWith("subscription."));

        world.database.run(scope, () -> world.purchases.openPlan(scope, customer, "scale", NEW));
        assertThat(asked()).hasSize(1);
    }

    @Test
    void plansAreNotTakenThroughAGatewayThatDoesNotShowWhatIsChargedLater() {
        assertThat(world.gateways.list(scope))
                .filteredOn(GatewayInfo::collectsPlans)
                .extracting(GatewayInfo::id)
                .containsExactly(NEW);

        assertThatThrownBy(() -> world.purchases.openPlan(scope, customer, "scale", OLD))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code().status()).isEqualTo(422);
                    assertThat(e.problem().toString())
                            .contains("/gateway", PurchasesProblems.PLANS_NOT_COLLECTED.code());
                });
        assertThat(asked()).isEmpty();
    }
}

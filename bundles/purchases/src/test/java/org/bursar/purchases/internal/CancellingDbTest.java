package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.PurchasesProblems;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Open checkouts that are stopped at their provider. */
class CancellingDbTest {
    private static World world;

    private Scope scope;
    private CustomerId customer;
    private Purchase purchase;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void buy() {
        world.provider.reset();
        scope = world.tenant();
        customer = world.customer(scope);
        purchase = world.buy(scope, customer, World.PROVIDER);
    }

    private Purchase cancel() {
        world.purchases.cancel(scope, purchase.id(), Optional.of("changed my mind"));
        return world.purchases.cancelAtProvider(scope, purchase.id());
    }

    @Test
    void itIsCancelledThereAndThenHere() {
        assertThat(cancel().state()).isEqualTo(PurchaseState.CANCELLED);
        assertThat(cancel().state()).isEqualTo(PurchaseState.CANCELLED);
        assertThat(world.provider.keys).hasSize(1);
    }

    @Test
    void whoHasPaidInTheSameMomentHasPaid() {
        world.provider.pays(purchase.id(), 45_000);
        assertThat(cancel().state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(world.balance(scope, customer)).isEqualByComparingTo("500");
        assertThatThrownBy(this::cancel)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(PurchasesProblems.WRONG_STATE));
    }

    @Test
    void anAnswerThatIsLostIsFoundOutAtOnceAndARequestThatIsLostLeavesItOpen() {
        world.provider.fault = FakeProvider.Fault.REQUEST_LOST;
        assertThat(cancel().state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        world.provider.fault = FakeProvider.Fault.ANSWER_LOST;
        assertThat(cancel().state()).isEqualTo(PurchaseState.CANCELLED);
        assertThat(world.provider.keys.get(0)).isEqualTo(world.provider.keys.get(1));
    }

    @Test
    void whatWasAskedForBeforeTheNodeDiedIsDoneByTheNextLook() {
        world.purchases.cancel(scope, purchase.id(), Optional.empty());
        assertThat(world.provider.keys).isEmpty();
        world.clock.advance(Duration.ofMinutes(2));
        world.reconciliation.run();
        assertThat(world.provider.keys).hasSize(1);
        assertThat(world.purchases.get(scope, purchase.id()).state()).isEqualTo(PurchaseState.CANCELLED);
    }

    @Test
    void aGatewayThatStopsNothingSaysSo() {
        purchase = world.buy(scope, customer, World.CARD);
        assertThatThrownBy(this::cancel)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(PurchasesProblems.NOT_MANUAL));
    }
}

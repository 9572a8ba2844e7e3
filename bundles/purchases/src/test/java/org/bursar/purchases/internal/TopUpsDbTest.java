package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.plans.Price;
import org.bursar.plans.Renewal;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.TopUpDraft;
import org.bursar.purchases.internal.sql.TopUpMapper;
import org.junit.jupiter.api.Test;

/** Charges without the payer: only what was allowed, and each once. */
class TopUpsDbTest extends TopUpTestBase {
    @Test
    void nothingIsKeptUnlessThePayerAgreed() {
        CustomerId other = world.customer(scope);
        PurchaseId purchase = world.purchases.open(scope, other, bought, World.PROVIDER, false);
        world.purchases.checkout(scope, purchase);
        provider.payment(purchase).saved = true;
        provider.pays(purchase, 45_000);
        world.look.at(scope, purchase);

        assertThat(world.topUps
                        .methods(scope, Optional.of(other), Page.Request.first())
                        .items())
                .isEmpty();
        assertThatThrownBy(() -> world.purchases.open(scope, other, bought, World.CARD, true))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void whenTheBalanceFallsBelowTheMarkItIsChargedOnceAndNotAgainUntilItFallsAgain() {
        allow("50", 5, 20);
        world.automatic.run();
        assertThat(provider.charges).isEmpty();
        spend("451");
        for (int often = 0; often < 5; often++) {
            world.automatic.run();
        }

        assertThat(provider.charges).hasSize(1);
        assertThat(balance()).isEqualByComparingTo("549");
        assertThat(told("balance.low")).isEqualTo(1);
        spend("500");
        later(Duration.ofMinutes(1));
        assertThat(provider.charges).hasSize(2);
        assertThat(topUp().low()).isTrue();
        world.automatic.run();
        assertThat(topUp().low()).isFalse();
    }

    @Test
    void howeverManyNodesLookAtOnceOneChargeIsMade() throws Exception {
        allow("50", 5, 20);
        spend("460");
        ExecutorService nodes = Executors.newFixedThreadPool(64);
        List<Callable<Boolean>> runs = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            runs.add(() -> {
                world.automatic.run();
                return true;
            });
        }
        for (var run : nodes.invokeAll(runs)) {
            run.get();
        }
        nodes.shutdown();

        assertThat(provider.charges).hasSize(1);
        assertThat(balance()).isEqualByComparingTo("540");
    }

    @Test
    void anAnswerThatIsLostIsFoundOutWithTheSameKeyAndChargesOnce() {
        allow("50", 5, 20);
        spend("460");
        provider.fault = FakeProvider.Fault.ANSWER_LOST;
        world.automatic.run();
        assertThat(balance()).isEqualByComparingTo("40");
        assertThat(purchases().get(0).state()).isEqualTo(PurchaseState.CREATED);
        world.automatic.run();
        provider.fault = FakeProvider.Fault.NONE;

        later(Duration.ofMinutes(2));
        later(Duration.ofMinutes(2));

        assertThat(provider.charges).hasSize(1);
        assertThat(provider.keys).hasSize(2).allMatch(key -> key.equals(provider.keys.get(0)));
        assertThat(balance()).isEqualByComparingTo("540");
    }

    @Test
    void aChargeOfWhichNothingIsKnownForADayIsLookedForAndNotMadeAgain() {
        allow("50", 5, 20);
        spend("460");
        provider.fault = FakeProvider.Fault.ANSWER_LOST;
        world.automatic.run();
        provider.fault = FakeProvider.Fault.NONE;
        int asked = provider.keys.size();

        later(Duration.ofHours(24));
        later(Duration.ofMinutes(2));

        assertThat(provider.keys).hasSize(asked);
        assertThat(provider.charges).hasSize(1);
        assertThat(balance()).isEqualByComparingTo("540");
    }

    @Test
    void theCapsOfADayAndAMonthHold() {
        // far from the ends of a day and a month
        world.clock.set(world.clock
                .instant()
                .atZone(ZoneOffset.UTC)
                .plusMonths(1)
                .withDayOfMonth(2)
                .withHour(10)
                .toInstant());
        allow("100000", 2, 3);
        for (int often = 0; often < 10; often++) {
            later(Duration.ofMinutes(1));
        }
        assertThat(provider.charges).hasSize(2);
        later(Duration.ofDays(1));
        later(Duration.ofMinutes(1));
        assertThat(provider.charges).hasSize(3);
        later(Duration.ofDays(1));
        assertThat(provider.charges).hasSize(3);
        later(Duration.ofDays(30));
        assertThat(provider.charges).hasSize(4);
    }

    @Test
    void aRenewalThatTheWalletCannotPayIsChargedADayAheadWhereTheCustomerAgreed() {
        allow("50", 5, 20);
        Price cost = new Price(new BigDecimal("700"), "USD");
        world.renewal = Optional.of(new Renewal(world.clock.instant().plus(Duration.ofHours(40)), cost));
        later(Duration.ofMinutes(2));
        assertThat(provider.charges).isEmpty();
        later(Duration.ofHours(17));
        assertThat(provider.charges).isEmpty();

        world.topUps.put(
                scope,
                customer,
                new TopUpDraft(true, new BigDecimal("50"), bought, method.id(), 5, 20, true),
                OptionalLong.empty());
        world.renewal = Optional.of(new Renewal(world.clock.instant().plus(Duration.ofHours(40)), cost));
        later(Duration.ofHours(15));
        assertThat(provider.charges).isEmpty();
        later(Duration.ofHours(2));
        assertThat(provider.charges).hasSize(1);
        later(Duration.ofHours(2));
        assertThat(provider.charges).hasSize(1);
        assertThat(balance()).isEqualByComparingTo("1000");
    }

    @Test
    void aMethodThatWasRemovedComesBackOnlyByAPurchaseThatAgreesAnew() {
        world.topUps.forget(scope, method.id());
        PurchaseId first = purchases().get(0).id();
        world.look.at(scope, first);
        assertThat(methods()).isEmpty();
        world.clock.advance(Duration.ofSeconds(1));
        PurchaseId again = world.purchases.open(scope, customer, bought, World.PROVIDER, true);
        world.purchases.checkout(scope, again);
        provider.pays(again, 45_000);
        world.look.at(scope, again);
        assertThat(methods()).hasSize(1);
        world.forgetting.run();
        assertThat(provider.keys).isEmpty();
        world.topUps.forget(scope, method.id());
        world.look.at(scope, first);
        assertThat(methods()).isEmpty();
    }

    @Test
    void aMethodThatIsForgottenIsChargedNoMoreAndTheProviderIsTold() {
        allow("50", 5, 20);
        world.topUps.forget(scope.only(customer), method.id());
        spend("460");
        world.automatic.run();
        world.forgetting.run();
        world.forgetting.run();

        assertThat(provider.charges).isEmpty();
        assertThat(topUp().enabled()).isFalse();
        assertThat(provider.keys).containsExactly("forgot " + FakeProvider.METHOD);
    }

    @Test
    void whoOnlyWatchesIsToldAndNotCharged() {
        world.topUps.put(
                scope,
                customer,
                new TopUpDraft(false, new BigDecimal("50"), null, null, 1, 1, null),
                OptionalLong.empty());
        spend("460");
        world.automatic.run();
        world.automatic.run();

        assertThat(told("balance.low")).isEqualTo(1);
        assertThat(provider.charges).isEmpty();
    }

    @Test
    void onlyTenantsInWhichATopUpWasEverAllowedAreAsked() {
        assertThat(asked()).doesNotContain(scope.tenant().uuid());
        allow("50", 5, 20);
        allow("60", 5, 20);
        assertThat(asked()).containsOnlyOnce(scope.tenant().uuid());
        world.topUps.delete(scope, customer, OptionalLong.empty());
        allow("50", 5, 20);
        spend("460");
        later(Duration.ofMinutes(1));
        assertThat(provider.charges).hasSize(1);
    }

    private static List<UUID> asked() {
        TopUpMapper mapper = world.database.mapper("purchases", TopUpMapper.class);
        Scope platform = Scope.platform(Actor.system("test"));
        return world.database.transact(platform, () -> mapper.tenants(platform.tenant(), new UUID(0, 0), 1_000));
    }

    @Test
    void aGatewayThatIsGoneIsWaitedForAndAnotherTenantsMethodIsNotFound() {
        allow("50", 5, 20);
        spend("460");
        world.services.unregister(World.PROVIDER);
        later(Duration.ofMinutes(1));
        world.services.register(World.PROVIDER, provider);
        assertThat(purchases()).hasSize(1);
        later(Duration.ofMinutes(11));
        assertThat(balance()).isEqualByComparingTo("540");

        Scope other = world.tenant();
        CustomerId theirs = world.customer(other);
        assertThatThrownBy(() -> world.topUps.put(
                        other,
                        theirs,
                        new TopUpDraft(true, BigDecimal.ONE, world.credits500(other), method.id(), 1, 1, false),
                        OptionalLong.empty()))
                .isInstanceOf(ProblemException.class);
    }
}

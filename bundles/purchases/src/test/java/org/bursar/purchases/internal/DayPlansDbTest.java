package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.GatewayDescriptor.Feature;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.SubscriptionControl;
import org.bursar.payments.spi.SubscriptionSnapshot;
import org.bursar.plans.Subscription;
import org.bursar.plans.SubscriptionStatus;
import org.bursar.purchases.GatewayInfo;
import org.bursar.purchases.PurchaseFilter;
import org.bursar.purchases.PurchaseState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that counts days: a monthly plan is never unpaid for that, and what it charges more often is the payer's credit. */
class DayPlansDbTest {
    private static final String DAYS = "days";
    private static final Duration PERIOD = Duration.ofDays(30);
    private static final PaymentRef SUBSCRIPTION = PaymentRef.of("membership", "mem_1");

    private World world;
    private Counting gateway;
    private Scope scope;
    private CustomerId customer;

    /** It charges every 30 days, and shows what it has charged. */
    private static final class Counting extends ScriptedGateway implements SubscriptionControl {
        final List<PaymentRef> periods = new CopyOnWriteArrayList<>();

        Counting() {
            super(DAYS);
            show = (context, ref) -> PaymentSnapshot.of(
                            ref,
                            Phase.CAPTURED,
                            Mode.LIVE,
                            periods.contains(ref)
                                    ? Optional.empty()
                                    : Optional.of(ref.id().substring("cs_".length())),
                            Money.of("USD", 10_000))
                    .withSubscription(SUBSCRIPTION);
        }

        @Override
        public GatewayDescriptor descriptor() {
            return GatewayDescriptor.builder(DAYS, "Days")
                    .features(Feature.ONE_OFF, Feature.SUBSCRIPTION)
                    .build();
        }

        @Override
        public Period charges(Period interval) {
            return interval.equals(Period.ofMonths(1)) ? Period.ofDays(30) : Period.ofDays(365);
        }

        @Override
        public SubscriptionSnapshot subscription(GatewayContext context, PaymentRef subscription) {
            return SubscriptionSnapshot.of(SUBSCRIPTION, SubscriptionSnapshot.Status.RUNNING, periods);
        }

        @Override
        public PaymentSnapshot cancelSubscription(
                GatewayContext context, PaymentRef subscription, boolean atPeriodEnd, IdempotencyKey key) {
            throw new UnsupportedOperationException("nobody ends it here");
        }
    }

    @BeforeEach
    void open() {
        world = new World();
        world.queue.close();
        gateway = new Counting();
        world.services.register(DAYS, gateway);
        scope = world.tenant();
        world.gateways.put(scope, DAYS, Map.of(), OptionalLong.empty());
        world.shelf.put(scope, "scale", "100.00");
        customer = world.customer(scope);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void everything() {
        for (int often = 0; often < 2; often++) {
            world.planPayments.run();
            world.reconciliation.run();
            world.shelf.renewals.run();
        }
    }

    private Subscription subscription() {
        return world.shelf.subscriptions.find(scope, customer).orElseThrow();
    }

    /** From the first of a February, whose month is over before the 30 days are, from its eve, and from a summer. */
    @ParameterizedTest
    @ValueSource(strings = {"2027-02-01T10:00:00Z", "2027-01-31T10:00:00Z", "2027-07-01T10:00:00Z"})
    void aMonthlyPlanIsAlwaysPaidAndWhatIsChargedMoreStaysCredit(String begin) {
        assertThat(world.gateways.get(scope, DAYS))
                .returns(30, GatewayInfo::monthDays)
                .returns(365, GatewayInfo::yearDays);
        Instant start = Instant.parse(begin);
        world.clock.set(start);
        PurchaseId id = world.purchases.openPlan(scope, customer, "scale", DAYS);
        world.purchases.checkout(scope, id);
        world.look.at(scope, id);
        everything();

        Instant charge = start.plus(PERIOD);
        Instant end = start.plus(Duration.ofDays(400));
        while (charge.isBefore(end)) {
            Instant renewal = subscription().paidUntil();
            if (charge.isAfter(renewal) && renewal.isAfter(world.clock.instant())) {
                world.clock.set(renewal.plusSeconds(60));
            } else {
                world.clock.set(charge.plusSeconds(120));
                gateway.periods.add(PaymentRef.of("payment", "pay_" + gateway.periods.size()));
                charge = charge.plus(PERIOD);
            }
            everything();
            assertThat(subscription().status())
                    .as("at %s", world.clock.instant())
                    .isEqualTo(SubscriptionStatus.ACTIVE);
            assertThat(balance().signum()).isNotNegative();
        }

        int charges = 1 + gateway.periods.size();
        assertThat(world.purchases
                        .list(
                                scope,
                                new PurchaseFilter(Optional.of(customer), Optional.empty(), Optional.empty()),
                                Page.Request.first())
                        .items())
                .hasSize(charges)
                .allMatch(one -> one.state() == PurchaseState.APPROVED);
        long cycles = ChronoUnit.MONTHS.between(
                start.atOffset(ZoneOffset.UTC).minusDays(3),
                subscription().paidUntil().atOffset(ZoneOffset.UTC));
        assertThat(balance())
                .as("%s charges of 100.00, %s cycles", charges, cycles)
                .isEqualByComparingTo(new BigDecimal(charges - cycles).multiply(new BigDecimal("100")));
        assertThat(charges).isEqualTo(14);
    }

    private BigDecimal balance() {
        return world.balance(scope, customer);
    }
}

package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Meter;
import org.bursar.plans.MeterChange;
import org.bursar.plans.NewMeter;
import org.bursar.plans.NewPlan;
import org.bursar.plans.NewPlanVersion;
import org.bursar.plans.NewPlanVersion.NewPrice;
import org.bursar.plans.NewPlanVersion.NewRate;
import org.bursar.plans.NewPlanVersion.NewTier;
import org.bursar.plans.Plan;
import org.bursar.plans.PlanVersion;
import org.bursar.plans.Pricing;
import org.bursar.plans.RateModel;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlansDbTest {
    private static TestDatabase postgres;
    private Shop shop;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void shop() {
        shop = new Shop(postgres);
    }

    @Test
    void aPlanComesBackAsItWasGiven() {
        shop.meter("voice-minutes", "0.031");
        Meter tokens = shop.meter("tokens", "0.000002");
        shop.meter("calls", "0");
        Plan made = shop.plans.create(
                shop.scope,
                new NewPlan(
                        "scale",
                        "Scale",
                        shop.terms(
                                "799.00",
                                BillingCycle.MONTH,
                                Shop.perUnit("voice-minutes", "500", "0.085"),
                                tiers(RateModel.GRADUATED, tokens.id().toString()),
                                new NewRate(
                                        "calls",
                                        null,
                                        RateModel.PACKAGE,
                                        null,
                                        null,
                                        new BigDecimal("5"),
                                        new BigDecimal("100")))));
        Plan found = shop.plans.get(shop.scope, "scale");
        assertThat(found.id()).isEqualTo(made.id());
        assertThat(shop.plans.get(shop.scope, made.id().toString())).isEqualTo(found);
        PlanVersion version = found.current();
        assertThat(version.price().amount()).isEqualByComparingTo("799");
        assertThat(version.limits().users()).hasValue(25);
        assertThat(version.rates())
                .extracting(rate -> rate.meterKey())
                .containsExactly("voice-minutes", "tokens", "calls");
        Pricing.Graduated graduated = (Pricing.Graduated) version.rates().get(1).pricing();
        assertThat(graduated.tiers()).hasSize(2);
        assertThat(graduated.tiers().get(0).unitPrice()).isEqualByComparingTo("0.000006");
        assertThat(graduated.tiers().get(1).upTo()).isEmpty();
    }

    @Test
    void whoSubscribedKeepsTheVersionUntilThePlanIsChosenAgain() {
        shop.plan("scale", "10", BillingCycle.MONTH);
        var customer = shop.subscriber("0", "scale");
        Plan plan = shop.plans.get(shop.scope, "scale");
        PlanVersion second = shop.plans.addVersion(shop.scope, plan.id(), shop.terms("12", BillingCycle.MONTH));
        assertThat(second.number()).isEqualTo(2);
        assertThat(shop.subscription(customer).price().amount()).isEqualByComparingTo("10");
        shop.choose(customer, "scale");
        assertThat(shop.subscription(customer).planVersion()).isEqualTo(2);
        assertThat(shop.plans
                        .versions(shop.scope, plan.id(), Page.Request.first())
                        .items())
                .extracting(PlanVersion::number)
                .containsExactly(2, 1);
    }

    @Test
    void theApplicationCannotChangeAVersionThatIsThere() {
        assertThat(postgres.queryAsOwner("select count(*) from information_schema.role_table_grants"
                        + " where table_schema = 'plans' and table_name in ('plan_version', 'rate', 'tier', 'usage_reset')"
                        + " and privilege_type in ('UPDATE', 'DELETE') and grantee <> grantor"))
                .isEqualTo("0");
    }

    @Test
    void aKeyIsTakenOnce() {
        shop.plan("scale", "10", BillingCycle.MONTH);
        shop.meter("tokens", "0");
        assertThatThrownBy(() -> shop.plan("scale", "10", BillingCycle.MONTH)).hasMessageContaining("key_taken");
        assertThatThrownBy(() -> shop.meter("tokens", "0")).hasMessageContaining("key_taken");
    }

    @Test
    void everythingThatIsWrongIsNamed() {
        shop.meter("m", "0");
        NewPlanVersion wrong = new NewPlanVersion(
                new NewPrice(new BigDecimal("1.005"), "USD"),
                null,
                List.of(
                        new NewRate("no-such", null, RateModel.PER_UNIT, new BigDecimal("-1"), null, null, null),
                        new NewRate(
                                "m",
                                null,
                                RateModel.VOLUME,
                                BigDecimal.ONE,
                                List.of(
                                        new NewTier(BigDecimal.TEN, BigDecimal.ONE),
                                        new NewTier(BigDecimal.ONE, BigDecimal.ONE),
                                        new NewTier(BigDecimal.TEN, BigDecimal.ONE)),
                                null,
                                null),
                        Shop.perUnit("m", "1", "1"),
                        new NewRate(null, null, null, null, null, null, null)),
                null);
        assertThat(pointers(() -> shop.plans.create(shop.scope, new NewPlan("pln_x", " ", wrong))))
                .contains(
                        "/key",
                        "/name",
                        "/price/amount",
                        "/cycle",
                        "/rates/0/meter",
                        "/rates/0/unitPrice",
                        "/rates/1/unitPrice",
                        "/rates/1/tiers/1/upTo",
                        "/rates/1/tiers/2/upTo",
                        "/rates/3/meter",
                        "/rates/3/model");
    }

    @Test
    void aPriceIsInTheWalletsUnit() {
        NewPlanVersion euros = new NewPlanVersion(new NewPrice(BigDecimal.ONE, "EUR"), BillingCycle.MONTH, null, null);
        assertThat(pointers(() -> shop.plans.create(shop.scope, new NewPlan("euro", "Euro", euros))))
                .containsExactly("/price/currency");
        shop.unit = "sparks";
        shop.plan("sparkling", "0.5", BillingCycle.MONTH);
        assertThat(shop.plans.get(shop.scope, "sparkling").current().price().currency())
                .isEqualTo("sparks");
    }

    @Test
    void aMeterChangesWhatMayChange() {
        Meter meter = shop.meter("tokens", "0.1");
        Meter changed = shop.meters.change(
                shop.scope,
                meter.id(),
                new MeterChange("Tokens", "token", new BigDecimal("0.2")),
                OptionalLong.of(meter.version()));
        assertThat(changed.name()).isEqualTo("Tokens");
        assertThat(changed.version()).isEqualTo(2);
        assertThatThrownBy(() -> shop.meters.change(
                        shop.scope,
                        meter.id(),
                        new MeterChange("T", "t", BigDecimal.ONE),
                        OptionalLong.of(meter.version())))
                .hasMessageContaining("stale");
        assertThat(pointers(() -> shop.meters.create(
                        shop.scope, new NewMeter("a b", null, "x", new BigDecimal("0.0000000000001"), null))))
                .contains("/key", "/name", "/costPerUnit");
    }

    @Test
    void listsGoOnWhereThePageBeforeEnded() {
        for (String key : List.of("c", "a", "b")) {
            shop.plan(key, "1", BillingCycle.MONTH);
            shop.meter(key, "1");
        }
        Page<Plan> first = shop.plans.list(shop.scope, new Page.Request(2, null));
        Page<Plan> second = shop.plans.list(shop.scope, new Page.Request(2, first.next()));
        assertThat(first.items()).extracting(Plan::key).containsExactly("a", "b");
        assertThat(second.items()).extracting(Plan::key).containsExactly("c");
        assertThat(second.next()).isNull();
        Page<Meter> meters = shop.meters.list(shop.scope, new Page.Request(2, null));
        assertThat(shop.meters
                        .list(shop.scope, new Page.Request(2, meters.next()))
                        .items())
                .extracting(Meter::key)
                .containsExactly("c");
    }

    private static NewRate tiers(RateModel model, String meter) {
        return new NewRate(
                meter,
                BigDecimal.ZERO,
                model,
                null,
                List.of(
                        new NewTier(new BigDecimal("1000000"), new BigDecimal("0.000006")),
                        new NewTier(null, new BigDecimal("0.000004"))),
                null,
                null);
    }

    private static List<String> pointers(Runnable refused) {
        try {
            refused.run();
        } catch (ProblemException e) {
            return e.problem().errors().stream().map(error -> error.pointer()).toList();
        }
        throw new AssertionError("it was not refused");
    }
}

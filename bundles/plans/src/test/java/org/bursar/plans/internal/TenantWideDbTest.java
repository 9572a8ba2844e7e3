package org.bursar.plans.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.plans.BillingCycle;
import org.bursar.plans.Meter;
import org.bursar.plans.MeterChange;
import org.bursar.plans.NewMeter;
import org.bursar.plans.NewOverrides;
import org.bursar.plans.NewPlan;
import org.bursar.plans.Plan;
import org.bursar.plans.Subscriptions.When;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.Test;

class TenantWideDbTest {
    @Test
    void aCustomersOwnCallerReadsAndWritesNothing() {
        try (TestDatabase postgres = TestDatabase.fresh()) {
            Shop shop = new Shop(postgres);
            Meter meter = shop.meter("calls", "0");
            shop.plan("scale", "10", BillingCycle.MONTH, Shop.perUnit("calls", "0", "1"));
            Plan plan = shop.plans.get(shop.scope, "scale");
            CustomerId customer = shop.subscriber("0", "scale");
            int audited = shop.audited.size();
            Scope own = shop.scope.only(customer);

            assertThat(shop.plans.list(own, Page.Request.first()).items()).hasSize(1);
            assertThat(shop.meters.list(own, Page.Request.first()).items()).hasSize(1);
            assertThat(shop.subscriptions.find(own, customer)).isPresent();
            assertThat(shop.subscriptions.usageCycle(own, customer).meters()).hasSize(1);
            writes(shop, own, plan, meter, customer)
                    .forEach((name, write) -> assertThatThrownBy(write).as(name).hasMessageContaining("forbidden"));
            assertThat(shop.audited).hasSize(audited);
        }
    }

    private static Map<String, ThrowingCallable> writes(
            Shop shop, Scope own, Plan plan, Meter meter, CustomerId customer) {
        OptionalLong any = OptionalLong.empty();
        Map<String, ThrowingCallable> writes = new LinkedHashMap<>();
        writes.put(
                "create a plan",
                () -> shop.plans.create(own, new NewPlan("p", "P", shop.terms("0", BillingCycle.MONTH))));
        writes.put("rename a plan", () -> shop.plans.rename(own, plan.id(), "Mine", any));
        writes.put("add a version", () -> shop.plans.addVersion(own, plan.id(), shop.terms("0", BillingCycle.MONTH)));
        writes.put("create a meter", () -> shop.meters.create(own, new NewMeter("m", "M", "unit", null, null)));
        writes.put(
                "change a meter",
                () -> shop.meters.change(own, meter.id(), new MeterChange("M", "unit", BigDecimal.ONE), any));
        writes.put("choose", () -> shop.subscriptions.choose(own, customer, "scale", When.NOW, any));
        writes.put("override", () -> shop.subscriptions.override(own, customer, NewOverrides.NONE, any));
        writes.put("lock", () -> shop.subscriptions.lock(own, customer, "why"));
        writes.put("unlock", () -> shop.subscriptions.unlock(own, customer));
        writes.put("cancel", () -> shop.subscriptions.cancel(own, customer, When.NOW));
        writes.put("reset", () -> shop.subscriptions.reset(own, customer, "why"));
        return writes;
    }
}

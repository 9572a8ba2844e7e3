package org.bursar.plans.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.bursar.plans.AddOn;
import org.bursar.plans.PlansProblems;
import org.bursar.plans.SubscribedAddOn;
import org.bursar.plans.internal.sql.AddOnMapper;
import org.bursar.plans.internal.sql.SubscribedAddOnRow;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.jspecify.annotations.Nullable;

/** The add-ons that customers have, in the transaction of whoever calls. */
final class SubscriptionAddOns {
    private static final String QUANTITY = "/quantity";

    private final TenantClocks clocks;
    private final AddOnMapper sql;

    SubscriptionAddOns(Database database, TenantClocks clocks) {
        this.clocks = clocks;
        this.sql = database.mapper("plans", AddOnMapper.class);
    }

    /** Those of each of these customers, by key; a customer without any is not among them. */
    Map<CustomerId, List<SubscribedAddOn>> of(TenantId tenant, Collection<CustomerId> customers) {
        UUID[] ids = customers.stream().map(CustomerId::uuid).toArray(UUID[]::new);
        Map<CustomerId, List<SubscribedAddOn>> found = new HashMap<>();
        for (SubscribedAddOnRow row : sql.of(tenant, ids)) {
            found.computeIfAbsent(row.customerId(), customer -> new ArrayList<>())
                    .add(row.addOn());
        }
        return found;
    }

    /** One customer's, by key. */
    List<SubscribedAddOn> of(TenantId tenant, CustomerId customer) {
        return of(tenant, List.of(customer)).getOrDefault(customer, List.of());
    }

    /** One that a customer has, by its key or the text of its id. */
    Optional<SubscribedAddOn> find(TenantId tenant, CustomerId customer, String name) {
        return of(tenant, customer).stream()
                .filter(addOn ->
                        addOn.key().equals(name) || addOn.id().toString().equals(name))
                .findFirst();
    }

    /**
     * Gives the customer so many. The subscription's row is locked, so nobody renews it meanwhile.
     *
     * @return what was there before and what is now, for the audit log; empty when nothing had to be changed
     */
    Optional<Change> set(TenantId tenant, SubscriptionRow row, AddOn addOn, @Nullable BigDecimal wanted) {
        Checks checks = new Checks();
        int quantity = StoredAddOns.whole(checks, QUANTITY, wanted, 0);
        checks.done();
        List<SubscribedAddOn> all = of(tenant, row.customerId());
        Optional<SubscribedAddOn> had =
                all.stream().filter(one -> one.id().equals(addOn.id())).findFirst();
        int before = had.map(SubscribedAddOn::quantity).orElse(0);
        if (quantity == before) {
            return Optional.empty();
        }
        if (quantity == 0) {
            sql.remove(tenant, row.customerId(), addOn.id());
        } else {
            requireSold(addOn, quantity, before);
            // less of it is had at the price that was agreed: nobody pays more for one by giving another back
            int number = had.filter(one -> quantity < before)
                    .map(one -> one.terms().number())
                    .orElse(addOn.terms().number());
            sql.set(
                    tenant,
                    row.customerId(),
                    addOn.id(),
                    number,
                    quantity,
                    clocks.of(tenant).instant());
        }
        List<SubscribedAddOn> now = of(tenant, row.customerId());
        if (!Decimals.fits(RecurringCost.ofCycle(row.priceAmount(), row.cycle(), now), Decimals.AMOUNT_PLACES)) {
            throw new ProblemException(Problems.invalid(
                    QUANTITY, FieldProblems.OUT_OF_RANGE, "a cycle would cost more than a wallet can hold"));
        }
        Optional<SubscribedAddOn> has =
                now.stream().filter(one -> one.id().equals(addOn.id())).findFirst();
        return Optional.of(new Change(
                state(addOn, had),
                state(addOn, has),
                RecurringCost.monthly(all),
                RecurringCost.monthly(now),
                addOn.name() + ": " + quantity + " instead of " + before));
    }

    private static void requireSold(AddOn addOn, int quantity, int before) {
        new Checks()
                .that(
                        quantity >= addOn.minQuantity() && quantity <= addOn.maxQuantity(),
                        QUANTITY,
                        FieldProblems.OUT_OF_RANGE,
                        "0, or " + addOn.minQuantity() + " to " + addOn.maxQuantity())
                .that(
                        addOn.active() || quantity < before,
                        QUANTITY,
                        PlansProblems.ADD_ON_INACTIVE,
                        "the add-on is not sold any more")
                .done();
    }

    /** An ended subscription has none. */
    void end(TenantId tenant, CustomerId customer) {
        sql.removeAll(tenant, customer);
    }

    /** The add-on that a name means. */
    AddOn named(TenantId tenant, String name) {
        return StoredAddOns.find(sql, tenant, name).orElseThrow(Problems::notFound);
    }

    private static Map<String, Object> state(AddOn addOn, Optional<SubscribedAddOn> subscribed) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("addOn", addOn.key());
        state.put("quantity", subscribed.map(SubscribedAddOn::quantity).orElse(0));
        subscribed.ifPresent(one -> {
            state.put("unitPrice", StoredAddOns.text(one.terms().unitPrice()));
            state.put("monthlyCost", StoredAddOns.text(one.monthlyCost()));
        });
        return state;
    }

    /**
     * What a quantity was changed from and to.
     *
     * @param costBefore what a month of all add-ons cost
     * @param costAfter what it costs now
     * @param words for the ledger
     */
    record Change(
            Map<String, Object> before,
            Map<String, Object> after,
            BigDecimal costBefore,
            BigDecimal costAfter,
            String words) {}
}

package org.bursar.plans.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bursar.customers.AccessReason;
import org.bursar.customers.AccessRule;
import org.bursar.customers.CustomerFacts;
import org.bursar.customers.SubscriptionStates;
import org.bursar.database.Database;
import org.bursar.identity.SeatLimit;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.bursar.plans.Limit;
import org.bursar.plans.internal.sql.AddOnMapper;
import org.bursar.plans.internal.sql.StateRow;
import org.bursar.plans.internal.sql.SubscriptionMapper;
import org.bursar.plans.internal.sql.SubscriptionRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What other capabilities are told about subscriptions: columns of the customer list and counts of it, the access rule, the number of seats.
 *
 * <p>The rule reads the row itself each time, so a lock holds from its commit on. A customer without a subscription is not
 * refused: a tenant that sells credit alone has no plans.
 */
@Component(service = {CustomerFacts.class, SubscriptionStates.class, AccessRule.class, SeatLimit.class})
public final class SubscriptionFacts implements CustomerFacts, SubscriptionStates, AccessRule, SeatLimit {
    /** Among how many subscriptions active ones are looked for. */
    private static final int MOST_LOOKED_AT = 5_000;

    private final Database database;
    private final SubscriptionMapper sql;
    private final AddOnMapper addOns;

    @Activate
    public SubscriptionFacts(@Reference Database database) {
        this.database = database;
        this.sql = database.mapper("plans", SubscriptionMapper.class);
        this.addOns = database.mapper("plans", AddOnMapper.class);
    }

    @Override
    public String name() {
        return "subscription";
    }

    @Override
    public Optional<AccessReason> refusal(Scope scope, CustomerId customer, Optional<UserId> user) {
        return row(scope, customer).flatMap(row -> switch (StoredSubscriptions.status(row)) {
            case LOCKED ->
                Optional.of(
                        row.lockedAt() == null
                                ? new AccessReason("subscription_past_due", "The subscription is not paid.")
                                : new AccessReason("subscription_locked", "The subscription is locked."));
            case CANCELLED -> Optional.of(new AccessReason("subscription_cancelled", "The subscription has ended."));
            case TRIALING, ACTIVE, PAST_DUE -> Optional.empty();
        });
    }

    @Override
    public OptionalInt seats(Scope scope, CustomerId customer) {
        return database.transact(
                scope,
                () -> sql.find(scope.tenant(), customer)
                        .filter(row -> !row.cancelled() && row.userLimit() != null)
                        .map(row -> Allowance.size(
                                PlanVersions.optional(row.userLimit()),
                                addOns.raised(scope.tenant(), customer, Limit.USERS)))
                        .orElse(OptionalInt.empty()));
    }

    private Optional<SubscriptionRow> row(Scope scope, CustomerId customer) {
        return database.transact(scope, () -> sql.find(scope.tenant(), customer));
    }

    @Override
    @SuppressWarnings("NullAway") // a fact that is not there is null by this interface's contract
    public Map<CustomerId, Map<String, Object>> facts(Scope scope, Collection<CustomerId> customers) {
        UUID[] ids = customers.stream().map(CustomerId::uuid).toArray(UUID[]::new);
        Map<CustomerId, Map<String, Object>> facts = new HashMap<>();
        for (CustomerId customer : customers) {
            facts.put(customer, facts(null, null, null));
        }
        for (SubscriptionRow row : database.transact(scope, () -> sql.findAll(scope.tenant(), ids))) {
            facts.put(
                    row.customerId(),
                    facts(
                            row.planKey(),
                            row.planName(),
                            StoredSubscriptions.status(row).name().toLowerCase(Locale.ROOT)));
        }
        return facts;
    }

    @Override
    public Map<String, List<CustomerId>> restricted(Scope scope, int most) {
        return database.transact(scope, () -> sql.restricted(scope.tenant(), most)).stream()
                .collect(Collectors.groupingBy(
                        row -> row.state().toLowerCase(Locale.ROOT),
                        Collectors.mapping(StateRow::customerId, Collectors.toList())));
    }

    @Override
    public List<CustomerId> active(Scope scope, int most) {
        return database.transact(scope, () -> sql.active(scope.tenant(), MOST_LOOKED_AT, most)).stream()
                .map(StateRow::customerId)
                .toList();
    }

    @SuppressWarnings("NullAway") // a fact that is not there is null by the interface's contract
    private static Map<String, Object> facts(@Nullable String plan, @Nullable String name, @Nullable String status) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("plan", plan);
        facts.put("planName", name);
        facts.put("subscriptionStatus", status);
        return facts;
    }
}

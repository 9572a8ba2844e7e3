package org.bursar.customers.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.bursar.customers.SubscriptionStates;
import org.bursar.customers.internal.CustomerDirectory.Total;
import org.bursar.customers.internal.sql.CustomerMapper;
import org.bursar.database.Database;
import org.bursar.identity.Users;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * How many customers have each standing, each counted no further than {@value CustomerDirectory#MOST_COUNTED}: what it costs does
 * not grow with the customers.
 */
@Component(service = StandingCounts.class)
public final class StandingCounts {
    /** How far users are counted. */
    public static final int MOST_USERS = 10_000;

    private static final int ENOUGH = CustomerDirectory.MOST_COUNTED + 1;
    /** The standings of an active account that are its subscription's, but for being active. */
    private static final Set<String> RESTRICTED = Set.of("trialing", "past_due", "cancelled", "locked");

    private final Whiteboard<SubscriptionStates> owners = new Whiteboard<>();
    private final Database database;
    private final Users users;
    private final CustomerMapper mapper;

    @Activate
    public StandingCounts(@Reference Database database, @Reference Users users, @Reference CompanyAccounts accounts) {
        this.database = database;
        this.users = users;
        this.mapper = accounts.mapper();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addStates(ComponentServiceObjects<SubscriptionStates> owner) {
        owners.add(owner);
    }

    void removeStates(ComponentServiceObjects<SubscriptionStates> owner) {
        owners.remove(owner);
    }

    /**
     * The counts.
     *
     * @param all but the deleted
     * @param users of these customers, and of those that are deleted but not erased yet; counted up to {@value #MOST_USERS}
     * @param standings those that could be counted: without the owner of subscriptions only the account's own
     */
    public record Counts(Total all, Total users, Map<String, Total> standings) {}

    /** Counts the customers that the scope sees, at one moment. */
    public Counts of(Scope scope) {
        return database.transact(scope, () -> {
            Map<String, Total> standings = new LinkedHashMap<>();
            for (SubscriptionStates owner : owners.present()) {
                subscribed(scope, owner, standings);
            }
            standings.put("suspended", capped(accounts(scope, AccountStatus.SUSPENDED, ENOUGH)));
            standings.put("inactive", capped(accounts(scope, AccountStatus.INACTIVE, ENOUGH)));
            int counted = users.countOfCustomers(scope, MOST_USERS + 1);
            return new Counts(
                    capped(accounts(scope, null, ENOUGH)),
                    new Total(Math.min(counted, MOST_USERS), counted > MOST_USERS),
                    standings);
        });
    }

    private void subscribed(Scope scope, SubscriptionStates owner, Map<String, Total> standings) {
        Map<String, List<CustomerId>> restricted = owner.restricted(scope, ENOUGH);
        Map<String, Integer> active = inActiveAccounts(scope, restricted);
        boolean whole = true;
        int others = 0;
        for (String state : RESTRICTED) {
            boolean more = restricted.getOrDefault(state, List.of()).size() >= ENOUGH;
            int counted = active.getOrDefault(state, 0);
            whole &= !more;
            others += counted;
            standings.put(state, new Total(Math.min(counted, CustomerDirectory.MOST_COUNTED), more));
        }
        standings.put(
                Standing.ACTIVE,
                whole
                        // whoever has no subscription is active too
                        ? capped(accounts(scope, AccountStatus.ACTIVE, ENOUGH + others) - others)
                        : atLeast(scope, owner));
    }

    /** When not all of the others are known, those whose subscription says so are the least that are active. */
    private Total atLeast(Scope scope, SubscriptionStates owner) {
        int counted = inActiveAccounts(scope, Map.of(Standing.ACTIVE, owner.active(scope, ENOUGH)))
                .getOrDefault(Standing.ACTIVE, 0);
        return new Total(Math.min(counted, CustomerDirectory.MOST_COUNTED), true);
    }

    private int accounts(Scope scope, @Nullable AccountStatus only, int most) {
        return mapper.count(scope.tenant(), only, null, null, most);
    }

    private static Total capped(int counted) {
        return new Total(Math.min(counted, CustomerDirectory.MOST_COUNTED), counted > CustomerDirectory.MOST_COUNTED);
    }

    /** How many of these have an account that is active, so that the subscription's state is their standing. */
    private Map<String, Integer> inActiveAccounts(Scope scope, Map<String, List<CustomerId>> byState) {
        List<UUID> ids = new ArrayList<>();
        List<String> states = new ArrayList<>();
        byState.forEach((state, customers) -> customers.forEach(customer -> {
            ids.add(customer.uuid());
            states.add(state);
        }));
        Map<String, Integer> counts = new HashMap<>();
        if (!ids.isEmpty()) {
            mapper.activeByState(scope.tenant(), ids.toArray(UUID[]::new), states.toArray(String[]::new))
                    .forEach(row -> counts.put(row.state(), row.customers()));
        }
        return counts;
    }
}

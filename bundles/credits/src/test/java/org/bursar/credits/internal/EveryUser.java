package org.bursar.credits.internal;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bursar.identity.NewUser;
import org.bursar.identity.UserSummary;
import org.bursar.identity.Users;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;

/** Users of which every one is there and is whose one wants, but those that were removed. */
final class EveryUser implements Users {
    final Set<UserId> removed = new HashSet<>();

    @Override
    public Set<UserId> existing(Scope scope, CustomerId customer, Collection<UserId> users) {
        Set<UserId> there = new HashSet<>(users);
        there.removeAll(removed);
        return there;
    }

    @Override
    public Set<UserId> disabled(Scope scope, Collection<UserId> users) {
        return Set.of();
    }

    @Override
    public Map<CustomerId, UserSummary> admins(Scope scope, Collection<CustomerId> customers) {
        return Map.of();
    }

    @Override
    public UserId createCustomerAdmin(Scope scope, CustomerId customer, NewUser user) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UserId createTenantOwner(Scope platform, TenantId tenant, NewUser user) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<UserId, UserSummary> named(Scope scope, Collection<UserId> users) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int count(Scope scope, CustomerId customer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int countOfCustomers(Scope scope, int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void endSessions(Scope scope, CustomerId customer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void erase(Scope scope, CustomerId customer) {
        throw new UnsupportedOperationException();
    }
}

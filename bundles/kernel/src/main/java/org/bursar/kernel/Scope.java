package org.bursar.kernel;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What one call may see: a tenant, and either all its customers or only some; and who calls. Every service takes it first,
 * and the database holds every statement to it.
 *
 * @param customers empty: all of the tenant's
 */
public record Scope(TenantId tenant, Optional<Set<CustomerId>> customers, Actor actor) {
    /** The reserved tenant that platform users, platform keys and the platform's own rows live under. */
    public static final TenantId PLATFORM = new TenantId(new UUID(0x0000000000007000L, 0x8000000000000000L));

    public Scope {
        customers = customers.map(Set::copyOf);
        if (customers.isPresent() && customers.get().isEmpty()) {
            throw new IllegalArgumentException("a scope limited to customers names at least one");
        }
    }

    /** A whole tenant. */
    public static Scope of(TenantId tenant, Actor actor) {
        return new Scope(tenant, Optional.empty(), actor);
    }

    /** The platform's own rows. */
    public static Scope platform(Actor actor) {
        return of(PLATFORM, actor);
    }

    /** The same tenant and actor, all customers: for what a service does on its own account. */
    public Scope wholeTenant() {
        return customers.isEmpty() ? this : of(tenant, actor);
    }

    /** The same tenant and actor, one customer. */
    public Scope only(CustomerId customer) {
        return new Scope(tenant, Optional.of(Set.of(customer)), actor);
    }

    /**
     * Checks that it is the whole tenant: some things a customer's own users and keys may not do, whatever permissions somebody gave
     * them.
     *
     * @throws ProblemException {@code forbidden} when it is limited to customers
     */
    public void requireWholeTenant() {
        if (customers.isPresent()) {
            throw new ProblemException(Problems.FORBIDDEN, "This is for the tenant's own users and keys.");
        }
    }

    /** Whether it sees this customer, provided that it exists in the tenant. */
    public boolean sees(CustomerId customer) {
        return customers.isEmpty() || customers.get().contains(customer);
    }
}

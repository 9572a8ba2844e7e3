package org.bursar.identity.internal.shell;

import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;

/** What commands share: the operator's scope. */
final class Operator {
    /** What stands for the platform's own rows where a tenant is asked for; no tenant can have it as its slug. */
    static final String PLATFORM = "platform";

    private static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "operator", "operator");

    private Operator() {}

    static Scope scope(TenantDirectory tenants, String slug) {
        if (slug.equals(PLATFORM)) {
            return Scope.platform(OPERATOR);
        }
        TenantId tenant =
                tenants.bySlug(slug).orElseThrow(() -> new IllegalArgumentException("there is no tenant " + slug));
        return Scope.of(tenant, OPERATOR);
    }
}

package org.bursar.purchases.internal.shell;

import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;

/** The shell's user in a tenant. */
final class Operators {
    private Operators() {}

    static Scope scope(TenantDirectory tenants, String slug) {
        return Scope.of(
                tenants.bySlug(slug).orElseThrow(() -> new IllegalArgumentException("there is no tenant " + slug)),
                new Actor(Actor.Kind.OPERATOR, "operator", "operator"));
    }
}

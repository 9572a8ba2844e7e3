package org.bursar.reporting.internal.shell;

import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;

/** Who types at the shell. */
final class Operator {
    private Operator() {}

    /** The operator in a whole tenant. */
    static Scope scope(TenantDirectory tenants, String slug) {
        return Scope.of(
                tenants.bySlug(slug).orElseThrow(() -> new IllegalArgumentException("there is no tenant " + slug)),
                new Actor(Actor.Kind.OPERATOR, "operator", "operator"));
    }
}

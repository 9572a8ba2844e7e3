package org.bursar.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.osgi.annotation.versioning.ConsumerType;

/** A command whose first argument is a tenant's slug. */
@ConsumerType
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes a command
public abstract class TenantCommand extends OperatorCommand {
    @Reference
    TenantDirectory tenants;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug", required = true)
    @Completion(TenantCompleter.class)
    String tenant;

    /** The operator in the whole tenant. */
    protected final Scope scope() {
        return Scope.of(
                tenants.bySlug(tenant).orElseThrow(() -> new IllegalArgumentException("there is no tenant " + tenant)),
                OPERATOR);
    }

    /** A customer's id as it was typed. */
    protected static CustomerId customer(String id) {
        try {
            return CustomerId.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a customer's id, which begins with cus_: " + id, e);
        }
    }
}

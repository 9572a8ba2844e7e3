package org.bursar.customers.internal.shell;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.bursar.customers.internal.AccountLifecycle;
import org.bursar.customers.internal.CustomerDirectory;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.jspecify.annotations.Nullable;

/** What the customer commands share: the tenant comes first, and a refusal reads as its detail. */
abstract class CustomerCommand implements Action {
    private static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "operator", "operator");

    @Argument(index = 0, name = "tenant", description = "The slug of the tenant", required = true)
    @Nullable
    String tenant;

    @Reference
    @Nullable
    TenantDirectory tenants;

    @Reference
    @Nullable
    CustomerDirectory directory;

    @Reference
    @Nullable
    AccountLifecycle lifecycle;

    @Override
    public final @Nullable Object execute() throws Exception {
        try {
            run(scope());
            return null;
        } catch (ProblemException e) {
            throw new IllegalArgumentException(e.problem().detail(), e);
        }
    }

    abstract void run(Scope scope) throws Exception;

    private Scope scope() {
        String slug = given(tenant);
        return Scope.of(
                given(tenants)
                        .bySlug(slug)
                        .orElseThrow(() -> new IllegalArgumentException("There is no tenant " + slug + ".")),
                OPERATOR);
    }

    CustomerDirectory directory() {
        return given(directory);
    }

    AccountLifecycle lifecycle() {
        return given(lifecycle);
    }

    static CustomerId id(@Nullable String text) {
        try {
            return CustomerId.fromString(given(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The id of a customer begins with cus_.", e);
        }
    }

    /** What the shell sets before it runs a command. */
    static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("Customers are not running.");
        }
        return value;
    }
}

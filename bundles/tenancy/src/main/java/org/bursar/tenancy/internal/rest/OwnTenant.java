package org.bursar.tenancy.internal.rest;

import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Call;
import org.bursar.rest.Caller;

/** The tenant of a path: the caller's own, or for the platform's admin any. Another's is not there. */
final class OwnTenant {
    private final TenantDirectory directory;

    OwnTenant(TenantDirectory directory) {
        this.directory = directory;
    }

    Scope scope(Call call, TenantId id, String permission) {
        Caller caller = call.caller();
        boolean platform = caller.tenant().isEmpty() && caller.platformAdmin();
        boolean there = platform
                ? directory.exists(id)
                : caller.customers().isEmpty()
                        && caller.tenant().filter(id::equals).isPresent();
        if (!there) {
            throw Problems.notFound();
        }
        if (!caller.may(permission)) {
            throw caller.refusal(permission);
        }
        return Scope.of(id, caller.actor());
    }
}

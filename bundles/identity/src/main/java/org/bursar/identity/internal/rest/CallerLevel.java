package org.bursar.identity.internal.rest;

import java.util.Optional;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Call;
import org.bursar.rest.Caller;
import org.jspecify.annotations.Nullable;

/** Paths that serve a tenant, or the platform itself when its admin names none. */
final class CallerLevel {
    private static final String BEARER = "Bearer ";

    private CallerLevel() {}

    /** Refuses a caller without the permission at its level. */
    static void require(Call call, String permission) {
        Caller caller = call.caller();
        if (caller.passwordDue()) {
            throw caller.refusal(permission);
        }
        if (caller.tenant().isEmpty() && !caller.platformAdmin()) {
            throw new ProblemException(Problems.TENANT_REQUIRED, Problems.TENANT_REQUIRED.cure());
        }
        if (!caller.may(permission)) {
            throw caller.refusal(permission);
        }
    }

    /** The tenant that a signed-in user's row lives under: customers' users alone are held to customers. */
    static TenantId home(Caller caller) {
        return caller.customers().isPresent() ? caller.tenant().orElse(Scope.PLATFORM) : Scope.PLATFORM;
    }

    /** The token of the Authorization header; the call has passed with it. */
    static String token(@Nullable String authorization) {
        return Optional.ofNullable(authorization)
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()).strip())
                .orElse("");
    }
}

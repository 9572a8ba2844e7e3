package org.bursar.rest;

import java.util.Optional;
import org.bursar.kernel.TenantId;
import org.osgi.annotation.versioning.ConsumerType;

/** Tells who a bearer token belongs to. Implemented by identity. */
@ConsumerType
public interface Authenticator {
    /**
     * Looks a token up.
     *
     * @param wanted the tenant that the request names by Bursar-Tenant or by its host
     * @return empty when the token is unknown, ended or revoked
     * @throws org.bursar.kernel.ProblemException {@code not_found} when the token is good but not for the tenant that is wanted
     */
    Optional<Caller> authenticate(String token, Optional<TenantId> wanted);

    /**
     * The same without counting the token as used: a session at which only an open page looks ends as one that nobody uses. For those
     * who look again and again.
     */
    default Optional<Caller> watch(String token, Optional<TenantId> wanted) {
        return authenticate(token, wanted);
    }
}

package org.bursar.web.internal.live;

import java.util.Optional;
import java.util.Set;
import org.bursar.database.DatabaseException;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.rest.Caller;
import org.bursar.web.internal.Visitors;

/**
 * Who listens, and what they must still be and have to be told anything.
 *
 * @param session what sessions are told apart by; the token's keyed hash, as in forms
 * @param customers whose the listener is; empty for the tenant's own people
 */
record Watcher(
        String token,
        String session,
        TenantId tenant,
        UserId user,
        Optional<Set<CustomerId>> customers,
        Set<String> permissions) {
    /** What a listener is now. */
    enum Standing {
        STILL,
        /** Nobody can tell: the database is away, which ends nobody's session. */
        UNKNOWN,
        ENDED
    }

    /** Asked again and again: the session may have ended, a permission may be gone. */
    Standing standing(Visitors.LookUp tokens) {
        try {
            return tokens.caller(token, Optional.of(tenant)).filter(this::is).isPresent()
                    ? Standing.STILL
                    : Standing.ENDED;
        } catch (ProblemException e) {
            // not found: good, but not for this tenant any more
            return e.problem().code().status() == Problems.NOT_FOUND.status() ? Standing.ENDED : Standing.UNKNOWN;
        } catch (DatabaseException e) {
            return Standing.UNKNOWN;
        }
    }

    private boolean is(Caller caller) {
        return !caller.passwordDue()
                && caller.user().equals(Optional.of(user))
                && caller.tenant().equals(Optional.of(tenant))
                && caller.customers().equals(customers)
                && permissions.stream().allMatch(caller::may);
    }

    @Override
    public String toString() {
        return "Watcher[" + user + "]";
    }
}

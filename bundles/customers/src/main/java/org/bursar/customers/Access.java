package org.bursar.customers;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.osgi.annotation.versioning.ProviderType;

/** May this customer be served now? It never fails open. */
@ProviderType
public interface Access {
    /** The code of a rule that is configured and not there. */
    String NOT_READY = "not_ready";

    /**
     * Asks every rule but those named.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when there is no such customer, or the user is neither its own
     *     nor its parent's
     */
    Decision decide(Scope scope, CustomerId customer, Optional<UserId> user, Set<String> except);

    /** Allowed when there is no reason against it. */
    record Decision(List<AccessReason> reasons) {
        public Decision {
            reasons = List.copyOf(reasons);
        }

        /** Whether the customer may be served. */
        public boolean allowed() {
            return reasons.isEmpty();
        }

        /** Whether it is unknown because a rule is not there. */
        public boolean notReady() {
            return reasons.stream().anyMatch(reason -> reason.code().equals(NOT_READY));
        }
    }
}

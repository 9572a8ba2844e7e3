package org.bursar.customers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
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

        /**
         * Ends the request unless the customer may be served.
         *
         * @throws ProblemException {@code unavailable} when it is unknown, {@link CustomersProblems#ACCESS_REFUSED} with every
         *     reason when it may not
         */
        public void require() {
            if (notReady()) {
                throw new ProblemException(
                        Problems.UNAVAILABLE, "It is not known at the moment whether the customer may be served.");
            }
            if (!allowed()) {
                throw new ProblemException(Problem.of(
                                CustomersProblems.ACCESS_REFUSED,
                                "The customer is not served at the moment; see reasons.")
                        .with(
                                "reasons",
                                reasons.stream()
                                        .map(reason -> Map.of("code", reason.code(), "detail", reason.detail()))
                                        .toList()));
            }
        }
    }
}

package org.bursar.identity;

import java.util.Optional;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ConsumerType;

/** Whether a customer's users may sign in at all. Implemented by customers (an inactive account's may not). */
@ConsumerType
public interface SignInRule {
    /** Why not; empty when they may. */
    Optional<ProblemCode> refusal(Scope scope, CustomerId customer);
}

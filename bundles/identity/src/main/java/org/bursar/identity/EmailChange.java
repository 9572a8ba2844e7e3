package org.bursar.identity;

import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.osgi.annotation.versioning.ConsumerType;

/** Told when the new e-mail address of a customer's user counts. Register it as a service; any number may. */
@ConsumerType
public interface EmailChange {
    /** Called in the transaction that makes the address the user's; what it throws undoes that. */
    void changed(Scope scope, CustomerId customer, UserId user, String email);
}

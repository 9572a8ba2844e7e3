package org.bursar.identity;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.osgi.annotation.versioning.ProviderType;

/** Users as other capabilities need them. Every method joins the transaction of its caller. */
@ProviderType
public interface Users {
    /**
     * Creates a customer's admin and puts the welcome mail with a one-time link into the outbox.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid} with pointers below the user's; {@link
     *     IdentityProblems#EMAIL_TAKEN}
     */
    UserId createCustomerAdmin(Scope scope, CustomerId customer, NewUser user);

    /**
     * Creates a tenant's owner: a platform user who is an admin of the tenant. An e-mail that a platform user has
     * already makes
     * that user a member instead, whose name and password stay as they are. Switches to the platform's rows by itself.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid} with pointers below the user's
     */
    UserId createTenantOwner(Scope platform, TenantId tenant, NewUser user);

    /** The first admin of each customer, where there is one. */
    Map<CustomerId, UserSummary> admins(Scope scope, Collection<CustomerId> customers);

    /**
     * Those of these users who are the tenant's; its whole staff also sees the platform's, who work for it. Who was erased is
     * missing.
     */
    Map<UserId, UserSummary> named(Scope scope, Collection<UserId> users);

    /** How many users a customer has, disabled ones included. */
    int count(Scope scope, CustomerId customer);

    /**
     * How many users the customers that the scope sees have together, disabled ones and those of deleted customers included, until
     * they are erased. Staff does not count.
     *
     * @param most where to stop: what it costs does not grow with the users
     * @return at most so many
     */
    int countOfCustomers(Scope scope, int most);

    /** Which of these are users of the customer's, disabled ones included. */
    Set<UserId> existing(Scope scope, CustomerId customer, Collection<UserId> users);

    /** Which of these are disabled, or not there: nothing is done for them. */
    Set<UserId> disabled(Scope scope, Collection<UserId> users);

    /** Ends every session of a customer's users, at once on this node. */
    void endSessions(Scope scope, CustomerId customer);

    /**
     * Erases a customer's users and the key that its audit texts are sealed with: the e-mail addresses are free
     * again.
     */
    void erase(Scope scope, CustomerId customer);
}

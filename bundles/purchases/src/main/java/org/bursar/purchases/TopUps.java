package org.bursar.purchases;

import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.SavedMethodId;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** Methods that providers keep, and what may be charged to them without the payer. Every write is recorded in the audit log. */
@ProviderType
public interface TopUps {
    /** Methods that can be charged, newest first. */
    Page<SavedMethod> methods(Scope scope, Optional<CustomerId> customer, Page.Request page);

    /**
     * One method.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    SavedMethod method(Scope scope, SavedMethodId id);

    /**
     * Forgets a method: nothing is charged to it from then on, and the provider is told. A top-up with it is turned off.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    void forget(Scope scope, SavedMethodId id);

    /** What customers allow, by their ids. */
    Page<TopUp> list(Scope scope, Page.Request page);

    /**
     * What a customer allows.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found} when it never allowed anything
     */
    TopUp get(Scope scope, CustomerId customer);

    /**
     * Allows it, or less or more of it, at the package's present price. Declines of before are forgotten.
     *
     * @param version of what is to be changed; empty: whichever there is
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code invalid}, {@code stale}
     */
    TopUp put(Scope scope, CustomerId customer, TopUpDraft draft, OptionalLong version);

    /**
     * Allows nothing any longer. A charge that is under way is found out all the same.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code stale}
     */
    void delete(Scope scope, CustomerId customer, OptionalLong version);
}

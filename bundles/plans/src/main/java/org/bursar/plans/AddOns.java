package org.bursar.plans;

import java.util.OptionalLong;
import org.bursar.kernel.AddOnId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** The tenant's add-ons. Who has one keeps the terms it was taken at; see {@link Subscriptions#setAddOn}. */
@ProviderType
public interface AddOns {
    /** The largest quantity, and the largest raise by one. */
    int MOST = 1_000_000;

    /**
     * Creates one.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid}; {@link PlansProblems#KEY_TAKEN}
     */
    AddOn create(Scope scope, NewAddOn form);

    /**
     * One of them.
     *
     * @param name its id's text or its key
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    AddOn get(Scope scope, String name);

    /** All of them by key. */
    Page<AddOn> list(Scope scope, Page.Request page);

    /**
     * Changes one. Another price, limit or raise are new terms for who takes it, or more of it, from now on.
     *
     * @param version the version that is to be changed; empty: whichever there is
     * @throws org.bursar.kernel.ProblemException {@code invalid}, {@code not_found}, {@code stale}
     */
    AddOn change(Scope scope, AddOnId addOn, NewAddOn form, OptionalLong version);
}

package org.bursar.plans;

import java.util.OptionalLong;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** The tenant's meters. */
@ProviderType
public interface Meters {
    /**
     * Creates one.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid}; {@link PlansProblems#KEY_TAKEN}
     */
    Meter create(Scope scope, NewMeter form);

    /**
     * One of them.
     *
     * @param name its id's text or its key
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Meter get(Scope scope, String name);

    /** All of them by key. */
    Page<Meter> list(Scope scope, Page.Request page);

    /**
     * Changes one.
     *
     * @param version the version that is to be changed; empty: whichever there is
     * @throws org.bursar.kernel.ProblemException {@code invalid}, {@code not_found}, {@code stale}
     */
    Meter change(Scope scope, MeterId meter, MeterChange change, OptionalLong version);
}

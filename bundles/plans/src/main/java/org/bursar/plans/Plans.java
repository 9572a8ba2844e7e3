package org.bursar.plans;

import java.util.OptionalLong;
import org.bursar.kernel.Page;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.Scope;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The tenant's plans. A version of a plan never changes: who subscribed keeps its terms until another version is chosen. */
@ProviderType
public interface Plans {
    /**
     * Creates a plan with its first version.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid}; {@link PlansProblems#KEY_TAKEN}
     */
    Plan create(Scope scope, NewPlan form);

    /**
     * One of them.
     *
     * @param name its id's text or its key
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    Plan get(Scope scope, String name);

    /** All of them by key. */
    Page<Plan> list(Scope scope, Page.Request page);

    /**
     * Renames one.
     *
     * @param version the version that is to be changed; empty: whichever there is
     * @throws org.bursar.kernel.ProblemException {@code invalid}, {@code not_found}, {@code stale}
     */
    Plan rename(Scope scope, PlanId plan, @Nullable String name, OptionalLong version);

    /**
     * Adds a version, which new subscriptions get from now on.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid}, {@code not_found}
     */
    PlanVersion addVersion(Scope scope, PlanId plan, NewPlanVersion form);

    /** Its versions, the newest first. */
    Page<PlanVersion> versions(Scope scope, PlanId plan, Page.Request page);

    /**
     * One version.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    PlanVersion version(Scope scope, PlanId plan, int number);
}

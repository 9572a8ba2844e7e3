package org.bursar.purchases;

import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/** What a tenant sells. */
@ProviderType
public interface Packages {
    /**
     * Adds a package.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid} with pointers
     */
    PackageId create(Scope scope, PackageDraft draft);

    /**
     * One package.
     *
     * @throws org.bursar.kernel.ProblemException {@code not_found}
     */
    CreditPackage get(Scope scope, PackageId id);

    /**
     * Packages, newest first.
     *
     * @param active only those that can be bought, or only those that cannot
     */
    Page<CreditPackage> list(Scope scope, Optional<Boolean> active, Page.Request page);

    /**
     * Changes a package. Purchases that were made keep what they were made for.
     *
     * @param version the version that the change is based on; empty: whatever it is
     * @throws org.bursar.kernel.ProblemException {@code not_found}, {@code invalid}, {@code stale}
     */
    CreditPackage change(Scope scope, PackageId id, PackageDraft draft, OptionalLong version);
}

package org.bursar.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/** Which tenants there are, and what leads to them. It holds no personal data and no money, so it is outside row-level security. */
@ConsumerType
public interface TenantDirectory {
    /** A tenant by its slug. */
    Optional<TenantId> bySlug(String slug);

    /** A tenant by a verified domain or {@code {slug}.localhost}, in lower case, without port. */
    Optional<TenantId> byHost(String host);

    /** Whether there is such a tenant. */
    boolean exists(TenantId tenant);

    /**
     * Whether the platform's admin has suspended a tenant: its people sign in, read, export and pay, and nobody of it is
     * served. Known at once where it was said, and within a second elsewhere. No tenant that is not there is suspended.
     */
    default boolean suspended(TenantId tenant) {
        return false;
    }

    /** Every tenant, the platform's reserved one not among them: for workers, which take one after the other. */
    List<TenantId> all();

    /**
     * Gives every tenant its turn, also those after one whose turn fails.
     *
     * @throws RuntimeException in the end, so that it is seen: the first failure, with the others in it
     */
    default void each(Consumer<TenantId> turn) {
        RuntimeException failure = null;
        for (TenantId tenant : all()) {
            try {
                turn.accept(tenant);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else if (failure != e) {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The first hundred slugs in alphabetical order, to complete what somebody types in the shell. */
    default List<String> slugs() {
        return List.of();
    }
}

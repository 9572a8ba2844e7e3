package org.bursar.database;

import java.util.function.Supplier;
import org.bursar.kernel.Scope;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Transactions that span bundles, held to a scope by row-level security.
 *
 * <p>A call inside another one joins the transaction of its thread; when it names another scope, that scope holds for the
 * inner call alone. Whatever an inner call throws makes the whole transaction roll back, even if it is caught on the way.
 * The outermost call is repeated up to three times when PostgreSQL reports a deadlock or a serialization failure, so the
 * work must not have effects outside the database; put these into {@link #afterCommit}.
 */
@ProviderType
public interface Database {
    /**
     * Runs work in a transaction that sees what the scope may see.
     *
     * @throws DatabaseException when PostgreSQL cannot be reached or refuses
     */
    <T> T transact(Scope scope, Supplier<T> work);

    /** The same without a result. */
    default void run(Scope scope, Runnable work) {
        transact(scope, () -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** Runs work in a transaction without a tenant: it sees only the few tables that have none. Joins any other. */
    <T> T withoutTenant(Supplier<T> work);

    /** Runs the action once the transaction of this thread has committed, or at once when there is none. */
    void afterCommit(Runnable action);

    /** Whether this thread is inside a transaction. Network calls do not belong into one. */
    boolean inTransaction();

    /**
     * Brings the schema up to date with {@code db/migration/*.sql} of the mapper's bundle, then gives a mapper for it.
     *
     * @param schema the schema that the bundle owns
     * @return thread-safe; its statements run in the transaction of the calling thread and fail without one
     */
    <M> M mapper(String schema, Class<M> mapper);
}

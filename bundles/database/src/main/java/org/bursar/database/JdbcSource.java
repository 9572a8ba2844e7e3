package org.bursar.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Plain connections of the application's role, for a library that brings its own SQL and its own small tables.
 * Row-level security holds them and no tenant is ever set in them, so they see no tenant's rows. Everything else uses
 * {@link Database}.
 */
@ProviderType
public interface JdbcSource {
    /**
     * A pooled connection in auto-commit mode, outside the transaction of this thread. Close it to give it back; leave
     * no session setting behind, since the next user would inherit it.
     *
     * @throws SQLException when PostgreSQL cannot be reached, or no connection came free in time
     */
    Connection connection() throws SQLException;
}

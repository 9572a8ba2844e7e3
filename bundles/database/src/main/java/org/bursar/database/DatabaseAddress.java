package org.bursar.database;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where PostgreSQL is and who connects. One service of this type makes the database come up: the configured address, or the
 * embedded server's. Both roles exist and may connect; the owner owns the database and is no superuser.
 */
@ConsumerType
public interface DatabaseAddress {
    /** A JDBC URL without user and password. */
    String jdbcUrl();

    /** Owns every schema and runs the migrations. */
    Login owner();

    /** Owns nothing, cannot bypass row-level security; everything but migrations connects as this role. */
    Login application();

    /** A role and its password; the text of it shows no password. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }
}

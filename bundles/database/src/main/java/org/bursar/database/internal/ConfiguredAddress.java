package org.bursar.database.internal;

import java.sql.Connection;
import java.sql.SQLException;
import org.bursar.database.DatabaseAddress;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces the database that the configuration names, if it names one. */
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.bursar.database.DatabaseAddress\"",
        effective = "active")
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.bursar.database")
public final class ConfiguredAddress {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredAddress.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final Thread announcer;
    private @Nullable ServiceRegistration<DatabaseAddress> registration;
    private boolean closed;

    @Activate
    public ConfiguredAddress(BundleContext context, DatabaseConfig config) {
        announcer = new Thread(() -> announce(context, config), "database-announcer");
        announcer.setDaemon(true);
        if (!config.url().isBlank()) {
            announcer.start();
        }
    }

    /** Announces the address once both roles can connect, so that a wrong password is said here, once, and not by everybody. */
    private void announce(BundleContext context, DatabaseConfig config) {
        try {
            Address address = new Address(
                    config.url(),
                    new DatabaseAddress.Login(config.owner_user(), config.owner_password()),
                    new DatabaseAddress.Login(config.app_user(), config.app_password()));
            while (!answers(address, address.owner()) || !answers(address, address.application())) {
                Thread.sleep(PAUSE_MILLIS);
            }
            register(context, address);
        } catch (InterruptedException e) {
            LOG.debug("stopped before the database answered");
        } catch (IllegalArgumentException e) {
            LOG.error("the database's configuration is not right: {}", e.getMessage());
        }
    }

    private static boolean answers(Address address, DatabaseAddress.Login login) {
        try (Connection connection = new OpenConnections(address.jdbcUrl(), login).getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            LOG.warn("{} cannot connect to {} yet: {}", login, address.jdbcUrl(), e.getMessage());
            return false;
        }
    }

    private synchronized void register(BundleContext context, Address address) {
        if (!closed) {
            registration = context.registerService(DatabaseAddress.class, address, null);
        }
    }

    @Deactivate
    synchronized void close() {
        closed = true;
        announcer.interrupt();
        if (registration != null) {
            registration.unregister();
        }
    }

    private record Address(String jdbcUrl, Login owner, Login application) implements DatabaseAddress {
        Address {
            if (owner.user().isBlank() || application.user().isBlank()) {
                throw new IllegalArgumentException(
                        "with BURSAR_DATABASE_URL, BURSAR_DATABASE_USER (owner of the schemas)"
                                + " and BURSAR_DATABASE_APP_USER (who the application connects as) must be set");
            }
            if (owner.user().equals(application.user())) {
                throw new IllegalArgumentException("BURSAR_DATABASE_APP_USER must not be the owner of the schemas:"
                        + " row-level security would hold it by a policy alone");
            }
        }
    }
}

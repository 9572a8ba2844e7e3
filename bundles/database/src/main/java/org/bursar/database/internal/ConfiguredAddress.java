package org.bursar.database.internal;

import org.bursar.database.DatabaseAddress;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

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
    private final @Nullable ServiceRegistration<DatabaseAddress> registration;

    @Activate
    public ConfiguredAddress(BundleContext context, DatabaseConfig config) {
        registration = config.url().isBlank()
                ? null
                : context.registerService(
                        DatabaseAddress.class,
                        new Address(
                                config.url(),
                                new DatabaseAddress.Login(config.owner_user(), config.owner_password()),
                                new DatabaseAddress.Login(config.app_user(), config.app_password())),
                        null);
    }

    @Deactivate
    void close() {
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

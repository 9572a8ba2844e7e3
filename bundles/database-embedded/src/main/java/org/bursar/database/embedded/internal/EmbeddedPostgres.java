package org.bursar.database.embedded.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.bursar.database.DatabaseAddress;
import org.bursar.kernel.HealthCheck;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs PostgreSQL for as long as no database is configured. The server starts beside the rest of the platform; its address
 * becomes a service when it accepts connections, and stops being one before the server stops.
 */
@Component(service = HealthCheck.class, immediate = true, configurationPid = "org.bursar.database")
@Designate(ocd = EmbeddedPostgres.Settings.class)
public final class EmbeddedPostgres implements HealthCheck {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final BundleContext context;
    private boolean wanted;
    private int port;
    private @Nullable Thread starter;
    private @Nullable PostgresServer server;
    private @Nullable ServiceRegistration<DatabaseAddress> registration;
    private volatile @Nullable String failure;

    /** The part of the database's configuration that concerns the embedded server. */
    @ObjectClassDefinition(name = "Bursar embedded database")
    public @interface Settings {
        @AttributeDefinition(description = "A database elsewhere; empty: the embedded server runs")
        String url() default "";

        @AttributeDefinition(description = "The embedded server's port on 127.0.0.1; 0: a free one, kept between starts")
        int embedded_port() default 0;
    }

    @Activate
    public EmbeddedPostgres(BundleContext context, Settings settings) {
        this.context = context;
        take(settings);
        start();
    }

    /** Settings of the pool share this configuration: only a change of our own may stop the server. */
    @Modified
    synchronized void modified(Settings settings) {
        if (wanted != settings.url().isBlank() || port != settings.embedded_port()) {
            stop();
            take(settings);
            start();
        }
    }

    @Deactivate
    synchronized void stop() {
        Thread starting = starter;
        if (starting != null) {
            starting.interrupt();
            join(starting);
        }
        ServiceRegistration<DatabaseAddress> registered = registration;
        registration = null;
        if (registered != null) {
            registered.unregister();
        }
        PostgresServer running = server;
        server = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(failure);
    }
}

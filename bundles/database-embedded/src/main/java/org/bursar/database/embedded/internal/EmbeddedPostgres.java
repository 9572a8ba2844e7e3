package org.bursar.database.embedded.internal;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bursar.database.DatabaseAddress;
import org.bursar.kernel.HealthCheck;
import org.bursar.kernel.Setting;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
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
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.bursar.database.DatabaseAddress\"",
        effective = "active")
@Component(
        service = HealthCheck.class,
        immediate = true,
        configurationPid = "org.bursar.database",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = EmbeddedPostgres.Settings.class)
public final class EmbeddedPostgres implements HealthCheck {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final long RETRY_SECONDS = 10;

    private final BundleContext context;
    private boolean wanted;
    private int port;
    private @Nullable Run run;

    /** The part of the database's configuration that concerns the embedded server. */
    @ObjectClassDefinition(name = "Bursar embedded database")
    public @interface Settings {
        @Setting(value = Setting.Kind.POSTGRESQL, needed = true)
        @AttributeDefinition(description = "A database elsewhere; empty: the embedded server runs")
        String url() default "";

        @AttributeDefinition(
                description = "The embedded server's port on 127.0.0.1; 0: a free one, kept between starts",
                min = "0",
                max = "65535")
        int embedded_port() default 0;

        @Setting(Setting.Kind.FOLDER)
        @AttributeDefinition(description = "Folder of all state; empty: bursar-data beside the container's own")
        String data() default "";
    }

    @Activate
    public EmbeddedPostgres(BundleContext context, Settings settings) {
        this.context = context;
        start(settings);
    }

    /** Settings of the pool share this configuration: only a change of our own may stop the server. */
    @Modified
    synchronized void modified(Settings settings) {
        if (wanted != settings.url().isBlank() || port != settings.embedded_port()) {
            stop();
            start(settings);
        }
    }

    @Deactivate
    synchronized void stop() {
        Run running = run;
        run = null;
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public synchronized Optional<String> problem() {
        return run == null ? Optional.empty() : run.problem();
    }

    private synchronized void start(Settings settings) {
        wanted = settings.url().isBlank();
        port = settings.embedded_port();
        if (wanted) {
            run = new Run(PostgresSettings.in(dataFolder(settings), port));
        } else {
            log.info("a database is configured: the embedded PostgreSQL stays off");
        }
    }

    private Path dataFolder(Settings settings) {
        return settings.data().isBlank()
                ? Path.of(Objects.requireNonNullElse(context.getProperty("karaf.base"), "."), "bursar-data")
                : Path.of(settings.data());
    }

    /** One server from its start to its stop, with the thread that starts it and tries again when it cannot. */
    private final class Run {
        private final PostgresSettings settings;
        private final Thread starter;
        private final CountDownLatch stopped = new CountDownLatch(1);
        private volatile @Nullable PostgresServer server;
        private volatile @Nullable String failure = "is starting";
        private @Nullable ServiceRegistration<DatabaseAddress> registration;

        Run(PostgresSettings settings) {
            this.settings = settings;
            starter = new Thread(this::startUntilItRuns, "embedded-postgresql-start");
            starter.setDaemon(true);
            starter.start();
        }

        Optional<String> problem() {
            PostgresServer running = server;
            return failure == null && running != null ? running.problem() : Optional.ofNullable(failure);
        }

        void stop() {
            stopped.countDown();
            withdraw();
            PostgresServer running = server;
            if (running != null) {
                running.close();
            }
        }

        private void startUntilItRuns() {
            try {
                do {
                    try {
                        PostgresServer starting = new PostgresServer(settings);
                        server = starting;
                        if (stopped.getCount() == 0) {
                            return;
                        }
                        starting.start();
                        failure = null;
                        offer(starting.address());
                        return;
                    } catch (PostgresException e) {
                        if (stopped.getCount() == 0) {
                            return;
                        }
                        failure = e.getMessage();
                        log.error("{}; trying again in {} s", e.getMessage(), RETRY_SECONDS, e);
                    }
                } while (!stopped.await(RETRY_SECONDS, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Whoever waits for the address starts within this call: it must not hold a lock that stopping needs. */
        private void offer(DatabaseAddress address) {
            ServiceRegistration<DatabaseAddress> offered;
            try {
                offered = context.registerService(DatabaseAddress.class, address, null);
            } catch (IllegalStateException e) {
                log.debug("the bundle stopped while PostgreSQL was starting");
                return;
            }
            synchronized (this) {
                registration = offered;
            }
            if (stopped.getCount() == 0) {
                withdraw();
            }
        }

        private void withdraw() {
            ServiceRegistration<DatabaseAddress> offered;
            synchronized (this) {
                offered = registration;
                registration = null;
            }
            if (offered != null) {
                try {
                    offered.unregister();
                } catch (IllegalStateException e) {
                    log.debug("the framework withdrew the address first");
                }
            }
        }
    }
}

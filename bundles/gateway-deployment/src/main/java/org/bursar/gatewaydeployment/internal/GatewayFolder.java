package org.bursar.gatewaydeployment.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bursar.database.Database;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayJars;
import org.bursar.purchases.GatewayJarsProblems;
import org.bursar.purchases.GatewayTraffic;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the folder for gateways and keeps what runs as it was approved. One thread does all of it, one thing after the other; the
 * gateways that run go on when this goes, and are found again when it comes back.
 */
@Component(service = GatewayJars.class, immediate = true, configurationPid = "org.bursar.gateways")
@Designate(ocd = GatewaysConfig.class)
public final class GatewayFolder implements GatewayJars {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayFolder.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(3);
    private static final long STOP_MILLIS = 5_000;

    private final BundleContext context;
    private final Database database;
    private final Approvals approvals;
    private final Deployment deployment;
    private final List<ServiceRegistration<?>> hooks;
    private final Thread thread;

    private final Turns turns = new Turns();
    private boolean failing;

    @Activate
    public GatewayFolder(
            BundleContext context,
            @Reference Database database,
            @Reference Approvals approvals,
            @Reference GatewayTraffic traffic,
            GatewaysConfig config)
            throws IOException {
        this.context = context;
        this.database = database;
        this.approvals = approvals;
        Path folder = Path.of(config.data()).resolve("gateways");
        GatewayBundles bundles = new GatewayBundles(context);
        JarRules rules = new JarRules(spiVersion(), bundles::ofThePlatform);
        Kept kept = new Kept(folder.resolve(".kept"));
        JarReader reader = new JarReader(rules);
        DropFolder drops = new DropFolder(folder, kept, reader, System::nanoTime);
        deployment = new Deployment(drops, kept, reader, approvals, bundles, traffic, settings(config));
        hooks = GatewayHooks.register(context, rules);
        thread = new Thread(this::watch, "gateway-folder");
        thread.setDaemon(true);
        thread.start();
    }

    private static Deployment.Settings settings(GatewaysConfig config) {
        return new Deployment.Settings(
                config.approve().equals(GatewaysConfig.AUTO),
                Duration.ofSeconds(config.start_seconds()),
                Duration.ofSeconds(config.drain_seconds()));
    }

    /** Takes another configuration; another folder counts from the next start. */
    @Modified
    void configure(GatewaysConfig config) {
        deployment.configure(settings(config));
    }

    /** The version in which this platform offers the SPI. */
    private static Version spiVersion() {
        Bundle spi = FrameworkUtil.getBundle(PaymentGateway.class);
        return spi.adapt(BundleWiring.class).getCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream()
                .filter(exported ->
                        JarRules.SPI.equals(exported.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(exported -> (Version) Objects.requireNonNull(
                        exported.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE)))
                .findFirst()
                .orElseThrow();
    }

    /** Stops watching; what runs goes on. */
    @Deactivate
    void close() throws InterruptedException {
        turns.close();
        thread.interrupt();
        thread.join(STOP_MILLIS);
        hooks.forEach(ServiceRegistration::unregister);
    }

    private void watch() {
        try {
            awaitFramework();
            deployment.adopt();
            while (look()) {
                // until it is closed
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.error("the folder for gateways cannot be used", e);
        }
    }

    /** A bundle of a higher start level than the framework's cannot be started yet. */
    private void awaitFramework() throws InterruptedException {
        FrameworkStartLevel framework = context.getBundle(0).adapt(FrameworkStartLevel.class);
        int needed = Math.max(
                framework.getInitialBundleStartLevel(),
                context.getBundle().adapt(BundleStartLevel.class).getStartLevel());
        while (framework.getStartLevel() < needed) {
            Thread.sleep(PAUSE.toMillis() / 5);
        }
    }

    private boolean look() throws InterruptedException {
        boolean waitedFor = turns.waitedFor();
        long serving = turns.begin();
        try {
            deployment.round(waitedFor);
            failing = false;
        } catch (IOException | RuntimeException e) {
            // what runs goes on as it is; the next look may do better
            if (!failing) {
                LOG.warn("the folder for gateways could not be looked at", e);
            }
            failing = true;
        }
        return turns.end(serving, failing ? PAUSE_AFTER_FAILURE : PAUSE);
    }

    @Override
    public List<GatewayBundle> jars() {
        return deployment.rows();
    }

    private GatewayJar jar(String digest) {
        GatewayJar jar = deployment.jar(digest).orElseThrow(Problems::notFound);
        if (!jar.sound()) {
            throw new ProblemException(GatewayJarsProblems.GATEWAY_REFUSED, jar.file() + ": " + jar.fault() + '.');
        }
        return jar;
    }

    @Override
    public void approve(Scope scope, String digest) {
        approvals.approve(scope.actor(), jar(digest));
        database.afterCommit(() -> {
            deployment.release(digest);
            turns.ask();
        });
    }

    @Override
    public void update(Scope scope, String digest) {
        if (!approvals.choose(scope.actor(), jar(digest))) {
            throw new ProblemException(
                    GatewayJarsProblems.GATEWAY_NOT_APPROVED, GatewayJarsProblems.GATEWAY_NOT_APPROVED.cure());
        }
        database.afterCommit(() -> {
            deployment.release(digest);
            turns.ask();
        });
    }

    @Override
    public Optional<GatewayBundle> settled(String digest, Duration patience) {
        try {
            turns.await(turns.ask(), patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return deployment.rows().stream()
                .filter(row -> digest.equals(row.digest()))
                .findFirst();
    }
}

package org.bursar.demo.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.ClockOffset;
import org.bursar.kernel.HealthCheck;
import org.bursar.kernel.RecurringJob;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the demo data once, when the platform is started for a demo: sets the clock back three months, tells the story day by
 * day through the HTTP interface, and comes back to the present. Until then the platform is not ready.
 */
@Component(service = HealthCheck.class, immediate = true, configurationPid = "org.bursar.demo")
@Designate(ocd = DemoConfig.class)
public final class DemoData implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long POLL_MILLIS = 100;

    private final DemoConfig config;
    private final ClockOffset offset;
    private final Clock clock;
    private final String base;
    private final Thread loader;
    private volatile Optional<String> state;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<RecurringJob> jobs = List.of();

    @Activate
    public DemoData(BundleContext context, @Reference ClockOffset offset, @Reference Clock clock, DemoConfig config) {
        this.config = config;
        this.offset = offset;
        this.clock = clock;
        base = "http://127.0.0.1:" + context.getProperty("org.osgi.service.http.port");
        boolean wanted = Boolean.parseBoolean(context.getProperty("bursar.demo")) && !Files.exists(marker());
        state = wanted ? Optional.of("demo data is being loaded") : Optional.empty();
        loader = new Thread(this::load, "demo-data");
        loader.setDaemon(true);
        if (wanted) {
            loader.start();
        }
    }

    @Deactivate
    void close() {
        loader.interrupt();
    }

    private Path marker() {
        return Path.of(config.data(), "demo-loaded");
    }

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public Optional<String> problem() {
        return state;
    }

    private void load() {
        long start = System.nanoTime();
        try {
            DemoApi api = new DemoApi(base);
            awaitTheOthers(api);
            new DemoStory(api, clock, offset, this::runJobs, config.admin_email(), config.admin_password()).tell();
            Files.writeString(marker(), clock.instant() + "\n");
            state = Optional.empty();
            LOG.info(
                    "demo data loaded in {} s with {} requests",
                    Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                    api.requests());
        } catch (InterruptedException e) {
            LOG.info("loading the demo data was cut off; start again with an empty data folder");
        } catch (IOException | RuntimeException e) {
            LOG.error("demo data could not be loaded", e);
            state = Optional.of(
                    "demo data could not be loaded, start again with an empty data folder: " + e.getMessage());
        } finally {
            offset.set(Duration.ZERO);
        }
    }

    /** The platform is ready but for us. */
    private void awaitTheOthers(DemoApi api) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!api.readyBut(name())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the platform did not become ready");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** What the night does: renewals and expiries, at the story's time. */
    private void runJobs() {
        for (RecurringJob job : jobs) {
            if (DemoStory.NIGHTLY.contains(job.name())) {
                job.run();
            }
        }
    }
}

package org.bursar.configuration.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLStreamException;
import org.bursar.kernel.HealthCheck;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads our configuration files in place of the container's own reader, which takes whatever they hold. It is an activator and no
 * component, and starts before the bundles that it serves: their components find their values when they start.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class ConfigurationActivator implements BundleActivator, SynchronousBundleListener, Sheets.Target {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationActivator.class);
    private static final long LOOK_MILLIS = 500;

    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "configuration-files");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ConfigurationAdmin admin;
    private @Nullable Sheets sheets;

    @Override
    public void start(BundleContext context) {
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        admin = Objects.requireNonNull(
                reference == null ? null : context.getService(reference), "configuration admin starts before this");
        Path folder = Path.of(Objects.requireNonNullElse(context.getProperty("karaf.etc"), "etc"));
        String data = Objects.requireNonNullElse(context.getProperty("bursar.data"), "");
        Sheets files = new Sheets(
                folder,
                data,
                name -> name != null && name.startsWith("env:")
                        ? System.getenv(name.substring("env:".length()))
                        : context.getProperty(name),
                this);
        sheets = files;
        context.addBundleListener(this);
        for (Bundle bundle : context.getBundles()) {
            declare(bundle);
        }
        context.registerService(HealthCheck.class, files, null);
        var unused = looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop(BundleContext context) {
        looks.shutdownNow();
        context.removeBundleListener(this);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        int type = event.getType();
        if (type == BundleEvent.INSTALLED || type == BundleEvent.UPDATED) {
            declare(event.getBundle());
        } else if (type == BundleEvent.UNINSTALLED) {
            Objects.requireNonNull(sheets).declare(event.getBundle().getBundleId(), Map.of());
        }
    }

    private void declare(Bundle bundle) {
        try {
            Objects.requireNonNull(sheets).declare(bundle.getBundleId(), Definitions.of(bundle));
        } catch (IOException | XMLStreamException | IllegalStateException e) {
            LOG.error("what {} declares of its configuration cannot be read", bundle, e);
        }
    }

    private void look() {
        try {
            Objects.requireNonNull(sheets).look();
        } catch (RuntimeException e) {
            // thrown to the executor it would be the last look
            LOG.error("the configuration files could not be looked at", e);
        }
    }

    @Override
    public void put(String pid, Map<String, Object> values) throws IOException {
        Map<String, Object> properties = new HashMap<>(values);
        configuration(pid).updateIfDifferent(FrameworkUtil.asDictionary(properties));
    }

    @Override
    public void withhold(String pid) throws IOException {
        configuration(pid).delete();
    }

    private Configuration configuration(String pid) throws IOException {
        return Objects.requireNonNull(admin).getConfiguration(pid, "?");
    }
}

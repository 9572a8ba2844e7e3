package org.bursar.payments.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.scr.info.ScrInfo;
import org.bursar.payments.spi.PaymentGateway;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.ComponentConstants;
import org.osgi.util.function.Function;
import org.osgi.util.promise.Promise;

/**
 * An OSGi framework with what the distribution gives to gateways (JDK, SPI, slf4j, declarative services) and the gateway's
 * bundle. The SPI comes from the class path, so that cases and bundle speak of the same classes.
 */
final class TckFramework implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Framework framework;
    private final Path jar;
    private @Nullable Bundle bundle;

    private TckFramework(Framework framework, Path jar) {
        this.framework = framework;
        this.jar = jar;
    }

    /** A framework in which the gateway is started. */
    static TckFramework start(Path scratch, Path gateway) throws BundleException, IOException {
        Path folder = Files.createTempDirectory(scratch, "framework");
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                PaymentGateway.class.getPackageName() + ";version=\"" + spiVersion() + "\""
                        + ",org.slf4j;version=\"1.7.36\",org.slf4j;version=\"2.0.12\"");
        settings.put("felix.log.level", "1");
        Framework framework = new FrameworkFactory().newFramework(settings);
        framework.start();
        TckFramework started = new TckFramework(framework, Files.isDirectory(gateway) ? jar(folder, gateway) : gateway);
        try {
            for (Class<?> of : List.of(Function.class, Promise.class, ComponentConstants.class, ScrInfo.class)) {
                framework.getBundleContext().installBundle(location(of)).start();
            }
            started.ensure();
        } catch (BundleException | RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private static String location(Class<?> of) {
        return of.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    /** The version under which the SPI on the class path exports its package. */
    private static String spiVersion() throws IOException {
        String base = location(PaymentGateway.class);
        URL url =
                new URL(base.endsWith("/") ? base + "META-INF/MANIFEST.MF" : "jar:" + base + "!/META-INF/MANIFEST.MF");
        try (InputStream in = url.openStream()) {
            Attributes headers = new Manifest(in).getMainAttributes();
            String exports = String.valueOf(headers.getValue(Constants.EXPORT_PACKAGE));
            return exports.replaceAll(
                    "(?s).*" + PaymentGateway.class.getPackageName() + ";[^,]*version=\"?([0-9.]+).*", "$1");
        }
    }

    /** A jar of a folder with classes and the manifest that bnd wrote there. */
    private static Path jar(Path folder, Path classes) throws IOException {
        Path manifest = classes.resolve("META-INF/MANIFEST.MF");
        if (!Files.exists(manifest)) {
            throw new IOException(
                    "there is no " + manifest + ": is bnd-maven-plugin's bnd-process run for the gateway?");
        }
        Path jar = folder.resolve("gateway.jar");
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(classes)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(manifest))
                    .forEach(files::add);
        }
        try (InputStream in = Files.newInputStream(manifest);
                OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, new Manifest(in))) {
            for (Path file : files) {
                zip.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return jar;
    }

    private BundleContext context() {
        return framework.getBundleContext();
    }

    Bundle bundle() {
        if (bundle == null) {
            throw new IllegalStateException("the bundle is not installed");
        }
        return bundle;
    }

    /** Installs the bundle, if it is not, and starts it, if it is not. */
    void ensure() throws BundleException {
        if (bundle == null) {
            bundle = context().installBundle(jar.toUri().toString());
        }
        bundle.start();
    }

    void start() throws BundleException {
        bundle().start();
    }

    void stop() throws BundleException {
        bundle().stop();
    }

    void update() throws BundleException, IOException {
        try (InputStream in = Files.newInputStream(jar)) {
            bundle().update(in);
        }
    }

    void uninstall() throws BundleException {
        bundle().uninstall();
        bundle = null;
    }

    /** The gateway that the bundle registers. */
    PaymentGateway gateway() throws InterruptedException {
        PaymentGateway gateway = context().getService(reference());
        if (gateway == null) {
            throw new AssertionError("the bundle's gateway cannot be made: does its constructor throw?");
        }
        return gateway;
    }

    /** The id under which it is registered. */
    @Nullable
    Object registeredId() throws InterruptedException {
        return reference().getProperty(PaymentGateway.ID_PROPERTY);
    }

    private ServiceReference<PaymentGateway> reference() throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            ServiceReference<PaymentGateway> found = context().getServiceReference(PaymentGateway.class);
            if (found != null) {
                return found;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the bundle registers no " + PaymentGateway.class.getName() + " with the property "
                + PaymentGateway.ID_PROPERTY);
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(PATIENCE.toMillis());
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

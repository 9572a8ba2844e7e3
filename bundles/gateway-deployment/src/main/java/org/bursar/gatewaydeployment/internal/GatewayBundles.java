package org.bursar.gatewaydeployment.internal;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.PaymentGateway;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs, starts and stops the bundles of gateways. Whatever a gateway does while it starts or stops it does on a thread of its
 * own, that is awaited for so long and no longer. Bundles are started for this run of the framework alone: at the next start
 * nothing of theirs runs before it was judged again.
 */
final class GatewayBundles {
    static final String LOCATION = "bursar-gateway:";
    private static final Logger LOG = LoggerFactory.getLogger(GatewayBundles.class);
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,59}");
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    /** Of one whose start has failed: it may hang still. */
    private static final Duration GIVEN_UP_PATIENCE = Duration.ofSeconds(2);

    private static final long GLANCE_MILLIS = 20;
    private static final int LONGEST_MESSAGE = 300;

    private final BundleContext context;

    GatewayBundles(BundleContext context) {
        this.context = context;
    }

    /** What became of a start. */
    sealed interface Result {}

    /** It runs. */
    record Runs(Bundle bundle, String id) implements Result {}

    /** Something that it needs is not there. */
    record Unresolved(String reason) implements Result {}

    /** It failed, or did not come to an end. */
    record Failed(String reason) implements Result {}

    /** The digest of a gateway's bundle; empty for any other. */
    static Optional<String> digest(Bundle bundle) {
        String location = bundle.getLocation();
        return location.startsWith(LOCATION) ? Optional.of(location.substring(LOCATION.length())) : Optional.empty();
    }

    /** The gateways' bundles that there are. */
    List<Bundle> present() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> digest(bundle).isPresent())
                .toList();
    }

    /** Whether a bundle that is no gateway from the folder has this symbolic name. */
    boolean ofThePlatform(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .anyMatch(bundle -> digest(bundle).isEmpty() && symbolicName.equals(bundle.getSymbolicName()));
    }

    /**
     * Installs and starts a jar, beside the version that runs.
     *
     * @param id which id it must have; empty: any that nobody else has
     */
    Result start(GatewayJar jar, byte[] bytes, Duration patience, Optional<String> id) throws InterruptedException {
        Bundle bundle;
        try {
            if (context.getBundle(LOCATION + jar.digest()) != null) {
                return new Failed("an earlier try to start it still hangs; it can be tried again after a restart");
            }
            bundle = context.installBundle(LOCATION + jar.digest(), new ByteArrayInputStream(bytes));
        } catch (BundleException | RuntimeException e) {
            return new Failed("it cannot be installed: " + shortened(e));
        }
        Result result = bounded(
                "gateway-start-" + jar.symbolicName(),
                patience,
                () -> begun(bundle, patience, id),
                new Failed("it has not started within " + patience.toSeconds() + " s"));
        if (!(result instanceof Runs)) {
            dispose(bundle, GIVEN_UP_PATIENCE);
        }
        return result;
    }

    /** On the gateway's own thread: whatever it throws is one answer more. */
    private Result begun(Bundle bundle, Duration patience, Optional<String> id) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            if (!framework().resolveBundles(List.of(bundle))) {
                return new Unresolved(Missing.of(bundle, context)
                        .orElse("what it needs is there, but does not fit together; the log says more"));
            }
            bundle.start(Bundle.START_TRANSIENT);
            ServiceReference<?> reference = awaited(bundle, end);
            if (reference == null) {
                return new Failed("it has registered no gateway within " + patience.toSeconds() + " s");
            }
            return introduced(bundle, reference, id);
        } catch (BundleException e) {
            return new Failed("it failed when it was started: " + shortened(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed("its start was broken off");
        } catch (Throwable e) {
            // an Error of a gateway's is the gateway's
            return new Failed("it failed when it was started: " + shortened(e));
        }
    }

    private @Nullable ServiceReference<?> awaited(Bundle bundle, long end) throws InterruptedException {
        while (System.nanoTime() - end < 0) {
            Optional<ServiceReference<?>> found = gatewayOf(bundle);
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(GLANCE_MILLIS);
        }
        return null;
    }

    private static Optional<ServiceReference<?>> gatewayOf(Bundle bundle) {
        ServiceReference<?>[] registered = bundle.getRegisteredServices();
        return registered == null
                ? Optional.empty()
                : Arrays.<ServiceReference<?>>stream(registered)
                        .filter(reference -> Arrays.asList((String[]) reference.getProperty(Constants.OBJECTCLASS))
                                .contains(PaymentGateway.class.getName()))
                        .findFirst();
    }

    /** The id that a running bundle's gateway is registered with. */
    static Optional<String> id(Bundle bundle) {
        return gatewayOf(bundle)
                .map(reference -> reference.getProperty(PaymentGateway.ID_PROPERTY))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private Result introduced(Bundle bundle, ServiceReference<?> reference, Optional<String> expected) {
        String id = id(bundle).orElse("");
        if (!ID.matcher(id).matches()) {
            return new Failed("its service has no property " + PaymentGateway.ID_PROPERTY + " that is an id");
        }
        if (expected.isPresent() && !expected.get().equals(id)) {
            return new Failed("it says that it is " + id + ", while the version that runs is " + expected.get()
                    + "; another gateway has a symbolic name of its own");
        }
        Optional<String> owner = owner(id, bundle);
        if (owner.isPresent()) {
            return new Failed("the id " + id + " is that of the gateway of " + owner.get());
        }
        Object service = context.getService(reference);
        try {
            if (!(service instanceof PaymentGateway gateway)) {
                return new Failed("its gateway could not be made; the log says why");
            }
            GatewayDescriptor descriptor = gateway.descriptor();
            return descriptor != null && descriptor.id().equals(id)
                    ? new Runs(bundle, id)
                    : new Failed("its descriptor does not say that it is " + id);
        } finally {
            context.ungetService(reference);
        }
    }

    /** Who else has this id; another version of the same gateway counts as the same. */
    private Optional<String> owner(String id, Bundle newcomer) {
        try {
            return context
                    .getServiceReferences(PaymentGateway.class, "(" + PaymentGateway.ID_PROPERTY + "=" + id + ")")
                    .stream()
                    .map(ServiceReference::getBundle)
                    .filter(other -> other != null && !other.equals(newcomer))
                    .filter(other -> digest(other).isEmpty()
                            || !String.valueOf(other.getSymbolicName()).equals(newcomer.getSymbolicName()))
                    .map(Bundle::getSymbolicName)
                    .findFirst();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Stops a bundle and lets go of it; gives up on one that hangs, which goes with the platform's end. */
    void dispose(Bundle bundle) throws InterruptedException {
        dispose(bundle, STOP_PATIENCE);
    }

    private void dispose(Bundle bundle, Duration patience) throws InterruptedException {
        String name = bundle.getSymbolicName() + ' ' + bundle.getVersion();
        ClassLoader loader = loader(bundle);
        boolean ended = bounded("gateway-stop-" + bundle.getSymbolicName(), patience, () -> ended(bundle), false);
        if (!ended) {
            LOG.warn("gateway {} could not be stopped within {} s", name, patience.toSeconds());
        }
        if (loader != null) {
            List<Thread> left = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getContextClassLoader() == loader && thread.isAlive())
                    .toList();
            if (!left.isEmpty()) {
                LOG.warn("gateway {} left {} threads behind", name, left.size());
                left.forEach(Thread::interrupt);
            }
        }
    }

    private static @Nullable ClassLoader loader(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        return wiring == null ? null : wiring.getClassLoader();
    }

    private boolean ended(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (Throwable e) {
            // it goes all the same
            LOG.warn("gateway {} failed when it was stopped: {}", bundle.getSymbolicName(), shortened(e));
        }
        try {
            bundle.uninstall();
            CountDownLatch refreshed = new CountDownLatch(1);
            // nobody is wired to a gateway: nobody else is touched by this
            framework().refreshBundles(List.of(bundle), event -> {
                if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                    refreshed.countDown();
                }
            });
            return refreshed.await(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("gateway {} could not be uninstalled: {}", bundle.getSymbolicName(), shortened(e));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private FrameworkWiring framework() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    private static <T> T bounded(String name, Duration patience, Supplier<T> work, T late) throws InterruptedException {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        done.complete(work.get());
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        try {
            // a little more, so that who watches the time itself can say better what it has waited for
            return done.get(patience.toMillis() + 200, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            thread.interrupt();
            return late;
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    private static String shortened(Throwable failure) {
        String name = failure.getClass().getName();
        String message;
        try {
            message = String.valueOf(failure.getMessage());
        } catch (Throwable e) {
            // the message is the gateway's work too
            message = "";
        }
        String text = name + (message.isEmpty() || message.equals("null") ? "" : ": " + message);
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }
}

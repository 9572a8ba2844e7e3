package org.bursar.payments.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.tck.FaultProxy.Trouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Cases 40 to 42: the gateway as a bundle in an OSGi framework, coming and going while it is used. */
abstract class BundleCases extends TenantCases {
    private static final String SPI = PaymentGateway.class.getPackageName();
    private static final Pattern SPI_RANGE =
            Pattern.compile("\\(version>=1\\.\\d+\\.\\d+\\)\\(!\\(version>=2\\.0\\.0\\)\\)");

    /** What the stock distribution gives to a gateway; everything else a gateway brings along, inside its jar. */
    private static final Pattern GIVEN =
            Pattern.compile("(java|javax|org\\.w3c\\.dom|org\\.xml\\.sax|org\\.ietf\\.jgss)(\\..+)?"
                    + "|org\\.osgi\\.(framework|service|util)\\..+|org\\.osgi\\.framework|org\\.slf4j(\\..+)?|"
                    + Pattern.quote(SPI));

    private static final int ROUNDS = 100;
    private static final int WARM_UP = 10;
    private static final int TOLERATED = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    @Nullable
    Path scratch;

    private TckFramework framework() throws BundleException, IOException {
        if (scratch == null) {
            throw new IllegalStateException("the case has not begun");
        }
        return TckFramework.start(scratch, bundle());
    }

    /** What befalls a bundle. */
    private interface Disturbance {
        void befall(TckFramework framework) throws BundleException, IOException;
    }

    @Case(40)
    public void stoppedUpdatedOrUninstalledDuringACallItEndsWellOrUnknown() throws Exception {
        try (TckFramework framework = framework()) {
            disturbed("stopped", framework, TckFramework::stop);
            framework.start();
            disturbed("updated", framework, TckFramework::update);
            disturbed("uninstalled", framework, TckFramework::uninstall);
        }
    }

    private void disturbed(String what, TckFramework framework, Disturbance disturbance) throws Exception {
        TckRequest request = request();
        if (!hasProvider()) {
            framework.gateway().startCheckout(context(), request);
            disturbance.befall(framework);
            framework.ensure();
            assertThat(framework.gateway().startCheckout(context(), request)).isNotNull();
            return;
        }
        int before = account().checkouts();
        Trouble.Held held = Trouble.Held.of(stub()::createsCheckout);
        proxy().make(held);
        PaymentGateway old = framework.gateway();
        Attempt attempt = Attempt.of(() -> within(old, () -> old.startCheckout(context(), request)));
        held.awaitReached();
        disturbance.befall(framework);
        proxy().heal();
        @Nullable Throwable thrown = attempt.outcome(PATIENCE, "the bundle was " + what);
        if (thrown != null) {
            assertUnknown("the bundle was " + what, thrown);
        }
        framework.ensure();
        PaymentGateway next = framework.gateway();
        List<PaymentRef> found = next.locate(context(), request.purchaseId(), Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(found).as("after the bundle was " + what).isNotEmpty();
        assertThat(next.fetch(context(), found.get(0)).purchaseId()).contains(request.purchaseId());
        next.startCheckout(context(), request);
        assertThat(account().checkouts() - before)
                .as("checkouts, after it was " + what)
                .isEqualTo(1);
    }

    /** As the platform calls: libraries in the bundle look classes up by the context class loader. */
    private static @Nullable Object within(PaymentGateway gateway, Call call) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        thread.setContextClassLoader(gateway.getClass().getClassLoader());
        try {
            return call.run();
        } finally {
            thread.setContextClassLoader(former);
        }
    }

    /** A busy machine needs minutes for a hundred starts of a provider's library: its end is against hanging alone. */
    @Case(41)
    @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    public void startedAndStopped100TimesItLeaksNoThreadsOrClassLoaders() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (TckFramework framework = framework()) {
            for (int i = 0; i < WARM_UP; i++) {
                loaders.add(round(framework));
            }
            settled(() -> alive(loaders) <= TOLERATED);
            int threads = Thread.getAllStackTraces().size();
            for (int i = WARM_UP; i < ROUNDS; i++) {
                loaders.add(round(framework));
            }
            settled(() ->
                    alive(loaders) <= TOLERATED && Thread.getAllStackTraces().size() <= threads + TOLERATED);
            assertThat(alive(loaders)).as("class loaders left of " + ROUNDS).isLessThanOrEqualTo(TOLERATED);
            assertThat(Thread.getAllStackTraces().keySet()).as("threads").hasSizeLessThanOrEqualTo(threads + TOLERATED);
        }
    }

    /** Start, use, stop, uninstall. */
    private WeakReference<ClassLoader> round(TckFramework framework) throws Exception {
        framework.ensure();
        PaymentGateway gateway = framework.gateway();
        within(gateway, () -> {
            PaymentRef ref = gateway.startCheckout(context(), request()).ref();
            return hasProvider() ? gateway.fetch(context(), ref) : ref;
        });
        WeakReference<ClassLoader> loader =
                new WeakReference<>(gateway.getClass().getClassLoader());
        framework.stop();
        framework.uninstall();
        return loader;
    }

    private static int alive(List<WeakReference<ClassLoader>> loaders) {
        return (int) loaders.stream().filter(loader -> loader.get() != null).count();
    }

    /** Collects garbage until it is so, or patience ends. */
    @SuppressWarnings({"ThreadSleep", "BusyWait"})
    private static void settled(BooleanSupplier so) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!so.getAsBoolean() && Instant.now().isBefore(end)) {
            System.gc();
            Thread.sleep(100);
        }
    }

    @Case(42)
    public void itImportsTheSpiUpToVersion2ExportsNothingAndResolves() throws Exception {
        try (TckFramework framework = framework()) {
            Bundle bundle = framework.bundle();
            assertThat(bundle.getState()).as("the bundle resolves and starts").isEqualTo(Bundle.ACTIVE);
            assertThat(framework.gateway().descriptor().id())
                    .isEqualTo(tested().descriptor().id());
            assertThat(framework.registeredId()).isEqualTo(tested().descriptor().id());

            BundleRevision revision = bundle.adapt(BundleRevision.class);
            assertThat(revision.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE))
                    .as("what it exports")
                    .isEmpty();
            boolean spi = false;
            for (BundleRequirement wanted : revision.getDeclaredRequirements(BundleRevision.PACKAGE_NAMESPACE)) {
                String filter = wanted.getDirectives().getOrDefault("filter", "");
                String name = filter.replaceAll(".*\\(osgi\\.wiring\\.package=([^)]*)\\).*", "$1");
                boolean optional = "optional".equals(wanted.getDirectives().get("resolution"));
                assertThat(optional || GIVEN.matcher(name).matches())
                        .as("the distribution gives " + name + " to gateways")
                        .isTrue();
                if (name.equals(SPI)) {
                    spi = true;
                    assertThat(SPI_RANGE.matcher(filter).find())
                            .as("[1.x,2) in " + filter)
                            .isTrue();
                }
            }
            assertThat(spi).as("it imports " + SPI).isTrue();
        }
    }
}

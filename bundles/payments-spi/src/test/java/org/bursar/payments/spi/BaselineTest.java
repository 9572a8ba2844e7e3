package org.bursar.payments.spi;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import aQute.bnd.service.diff.Delta;
import java.io.File;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The API against what was published as 1.0.0 and is kept in {@code baseline/}: whoever changes it raises the package's version
 * as far as the change asks for, and nobody breaks it by accident. bnd judges by who implements what.
 */
class BaselineTest {
    private static final File PUBLISHED = new File("baseline/payments-spi-1.0.0.jar");
    private static final File PRESENT = new File("target/classes");

    private static Baseline.Info compared(Consumer<Jar> change) throws Exception {
        try (Processor processor = new Processor();
                Jar published = new Jar(PUBLISHED);
                Jar present = new Jar("present", PRESENT)) {
            present.setManifest(new File(PRESENT, "META-INF/MANIFEST.MF"));
            change.accept(present);
            Set<Baseline.Info> packages = new Baseline(processor, new DiffPluginImpl())
                    .baseline(present, published, new Instructions("org.bursar.payments.spi"));
            assertThat(processor.getErrors()).isEmpty();
            assertThat(packages).hasSize(1);
            return packages.iterator().next();
        }
    }

    @Test
    void theVersionOfThePackageFitsWhatChangedSince100() throws Exception {
        Baseline.Info info = compared(present -> {});

        assertThat(info.mismatch)
                .as("the package is " + info.newerVersion + "; " + info.packageDiff.getDelta() + " since "
                        + info.olderVersion + " asks for " + info.suggestedVersion)
                .isFalse();
        assertThat(info.newerVersion.getMajor()).as("gateways import [1.0,2)").isEqualTo(1);
    }

    @Test
    void aTypeThatIsGoneIsSeenAsABreak() throws Exception {
        Baseline.Info info = compared(present -> present.remove("org/bursar/payments/spi/Decline.class"));

        assertThat(info.packageDiff.getDelta()).isEqualTo(Delta.MAJOR);
        assertThat(info.mismatch).isTrue();
    }
}

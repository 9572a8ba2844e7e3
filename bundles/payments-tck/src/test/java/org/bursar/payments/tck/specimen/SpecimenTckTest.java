package org.bursar.payments.tck.specimen;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The gateway that the archetype makes holds the contract. */
class SpecimenTckTest extends ProviderGatewayTckTest {
    @TempDir
    static Path folder;

    private static Path jar;

    @Override
    protected Path bundle() {
        if (jar == null) {
            jar = SpecimenJar.build(folder);
        }
        return jar;
    }
}

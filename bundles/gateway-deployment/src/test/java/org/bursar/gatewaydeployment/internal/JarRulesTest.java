package org.bursar.gatewaydeployment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Version;

class JarRulesTest {
    private static final String SPI = "org.bursar.payments.spi;version=\"[1.0,2)\"";
    private final JarRules rules =
            new JarRules(Version.parseVersion("1.2.0"), name -> name.equals("org.apache.felix.scr"));

    private static Map<String, String> good() {
        return new HashMap<>(Map.of(
                "Bundle-ManifestVersion", "2",
                "Bundle-SymbolicName", "com.example.pay;singleton:=true",
                "Bundle-Version", "1.0.0.SNAPSHOT",
                "Import-Package", SPI));
    }

    private Optional<String> fault(String header, String value) {
        Map<String, String> headers = good();
        headers.put(header, value);
        return rules.fault(headers);
    }

    @Test
    void aGatewayThatStandsOnTheSpiAloneBreaksNoRule() {
        assertThat(rules.fault(good())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util",
                "javax.crypto",
                "org.w3c.dom",
                "com.sun.net.httpserver",
                "org.osgi.framework;version=\"[1.8,2)\"",
                "org.osgi.service.component.annotations",
                "org.slf4j;version=\"[1.7,3)\"",
                "com.google.gson;resolution:=optional"
            })
    void theJdkOsgiSlf4jAndWhatIsOptionalMayBeImported(String more) {
        assertThat(fault("Import-Package", SPI + "," + more)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.bursar.credits",
                "org.bursar.payments.spi.internal",
                "com.fasterxml.jackson.databind",
                "org.slf4jx",
                "javax.ws.rs",
                "jdk.internal.misc"
            })
    void anythingElseMayNot(String more) {
        assertThat(fault("Import-Package", SPI + "," + more))
                .hasValueSatisfying(reason -> assertThat(reason).contains(more));
        assertThat(fault("DynamicImport-Package", more)).isPresent();
    }

    @Test
    void allPackagesAtRunTimeMayNotBeImported() {
        assertThat(fault("DynamicImport-Package", "*")).isPresent();
    }

    @Test
    void theRangeMustIncludeTheVersionThatThePlatformHas() {
        assertThat(fault("Import-Package", "org.bursar.payments.spi;version=\"[1.3,2)\""))
                .contains("it needs org.bursar.payments.spi in a version of [1.3,2); the platform has 1.2.0");
        assertThat(fault("Import-Package", "org.bursar.payments.spi;version=\"[2,\""))
                .isPresent();
        assertThat(fault("Import-Package", "org.bursar.payments.spi")).isEmpty();
    }

    @Test
    void whatIsNoGatewayIsToldSo() {
        assertThat(fault("Import-Package", "org.osgi.framework")).isPresent();
        assertThat(fault("Bundle-ManifestVersion", "1")).isPresent();
        assertThat(fault("Bundle-SymbolicName", "")).isPresent();
        assertThat(fault("Bundle-SymbolicName", "a..b")).isPresent();
        assertThat(fault("Bundle-SymbolicName", "; x=y")).isPresent();
        assertThat(fault("Bundle-Version", "one")).isPresent();
        assertThat(rules.fault(Map.of())).isPresent();
    }

    @Test
    void nobodyTakesThePlatformsPlaceOrGivesItAnything() {
        assertThat(fault("Bundle-SymbolicName", "org.bursar.pay")).isPresent();
        assertThat(fault("Bundle-SymbolicName", "org.apache.felix.scr")).isPresent();
        assertThat(fault("Fragment-Host", "org.bursar.credits")).isPresent();
        assertThat(fault("Require-Bundle", "org.bursar.credits")).isPresent();
        assertThat(fault("Export-Package", "com.example.pay")).isPresent();
    }
}

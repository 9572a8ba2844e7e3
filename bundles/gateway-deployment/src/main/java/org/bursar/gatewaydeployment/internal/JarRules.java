package org.bursar.gatewaydeployment.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * What a gateway's manifest may say. It stands on the payments SPI, the JDK, OSGi and SLF4J alone and gives nothing to other bundles,
 * so that it can be replaced without anybody else noticing.
 */
final class JarRules {
    static final String SPI = "org.bursar.payments.spi";
    private static final String OURS = "org.bursar.";
    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final int LONGEST_NAME = 200;

    private final Version spi;
    private final Predicate<String> ofThePlatform;
    private final Set<String> jdk;

    /**
     * Rules.
     *
     * @param spi the version of the SPI that the platform has
     * @param ofThePlatform whether a bundle of the platform has this symbolic name
     */
    JarRules(Version spi, Predicate<String> ofThePlatform) {
        this.spi = spi;
        this.ofThePlatform = ofThePlatform;
        this.jdk = ModuleLayer.boot().modules().stream()
                .flatMap(module -> module.getDescriptor().exports().stream())
                .filter(exported -> !exported.isQualified())
                .map(java.lang.module.ModuleDescriptor.Exports::source)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The versions of the SPI that a manifest asks for; empty when it does not ask for the SPI. */
    static Optional<String> apiRange(Map<String, String> headers) {
        return Clause.parse(headers.get(Constants.IMPORT_PACKAGE)).stream()
                .filter(clause -> clause.names().contains(SPI))
                .map(clause -> clause.attributes().getOrDefault("version", "0.0.0"))
                .findFirst();
    }

    /** Whether a gateway may get this package from another bundle. */
    boolean mayImport(String name) {
        return name.equals(SPI)
                || name.startsWith("java.")
                || name.startsWith("org.osgi.")
                || name.equals("org.slf4j")
                || name.startsWith("org.slf4j.")
                || jdk.contains(name);
    }

    /** The first rule that a manifest breaks, in a sentence; empty when it breaks none. */
    Optional<String> fault(Map<String, String> headers) {
        List<Clause> names = Clause.parse(headers.get(Constants.BUNDLE_SYMBOLICNAME));
        String name = names.isEmpty() ? "" : names.get(0).names().get(0);
        if (!"2"
                .equals(headers.getOrDefault(Constants.BUNDLE_MANIFESTVERSION, "")
                        .strip())) {
            return Optional.of("it is no OSGi bundle: its manifest has no Bundle-ManifestVersion 2");
        }
        if (name.length() > LONGEST_NAME || !SYMBOLIC_NAME.matcher(name).matches()) {
            return Optional.of("its manifest has no Bundle-SymbolicName that can be used");
        }
        if (name.startsWith(OURS) || ofThePlatform.test(name)) {
            return Optional.of("its symbolic name " + name + " is one of the platform's own");
        }
        if (headers.containsKey(Constants.FRAGMENT_HOST)) {
            return Optional.of("it is a fragment of " + headers.get(Constants.FRAGMENT_HOST) + ", not a bundle");
        }
        if (headers.containsKey(Constants.REQUIRE_BUNDLE)) {
            return Optional.of(
                    "it requires the bundle " + headers.get(Constants.REQUIRE_BUNDLE) + "; a gateway imports packages");
        }
        return version(headers).or(() -> exported(headers)).or(() -> imported(headers));
    }

    private static Optional<String> version(Map<String, String> headers) {
        try {
            Version.parseVersion(headers.getOrDefault(Constants.BUNDLE_VERSION, "0.0.0"));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("its Bundle-Version is none: " + headers.get(Constants.BUNDLE_VERSION));
        }
    }

    private static Optional<String> exported(Map<String, String> headers) {
        return Clause.parse(headers.get(Constants.EXPORT_PACKAGE)).stream()
                .flatMap(clause -> clause.names().stream())
                .findFirst()
                .map(name -> "it exports the package " + name + "; a gateway exports nothing");
    }

    private Optional<String> imported(Map<String, String> headers) {
        Optional<String> range = apiRange(headers);
        if (range.isEmpty()) {
            return Optional.of("it does not import " + SPI + ", so it is no gateway, or brings a copy of its own");
        }
        try {
            if (!new VersionRange(range.get()).includes(spi)) {
                return Optional.of("it needs " + SPI + " in a version of " + range.get() + "; the platform has " + spi);
            }
        } catch (IllegalArgumentException e) {
            return Optional.of("the range of versions in its import of " + SPI + " is none: " + range.get());
        }
        // what is optional is not given to it either, but it says that it can do without
        Optional<String> strange = Clause.parse(headers.get(Constants.IMPORT_PACKAGE)).stream()
                .filter(clause -> !"optional".equals(clause.directives().get(Constants.RESOLUTION_DIRECTIVE)))
                .flatMap(clause -> clause.names().stream())
                .filter(name -> !mayImport(name))
                .findFirst();
        return strange.or(() -> Clause.parse(headers.get(Constants.DYNAMICIMPORT_PACKAGE)).stream()
                        .flatMap(clause -> clause.names().stream())
                        .filter(name -> !mayImport(name))
                        .findFirst())
                .map(name -> "it imports the package " + name + "; a gateway imports " + SPI
                        + ", the JDK, OSGi and SLF4J, and embeds what else it needs");
    }
}

package org.bursar.gatewaydeployment.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** What a bundle needs and nobody has, in words. */
final class Missing {
    private Missing() {}

    /** Empty when each of its needs is met by itself; they may still not be met together. */
    static Optional<String> of(Bundle bundle, BundleContext context) {
        List<BundleCapability> offered = new ArrayList<>();
        for (Bundle other : context.getBundles()) {
            BundleRevision revision = other.adapt(BundleRevision.class);
            if (revision != null && (other.equals(bundle) || other.getState() != Bundle.INSTALLED)) {
                offered.addAll(revision.getDeclaredCapabilities(null));
            }
        }
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        List<String> missing = revision == null
                ? List.of()
                : revision.getDeclaredRequirements(null).stream()
                        .filter(Missing::mandatory)
                        .filter(need -> offered.stream().noneMatch(need::matches))
                        .map(Missing::words)
                        .distinct()
                        .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of("it needs " + String.join(" and ", missing));
    }

    private static boolean mandatory(BundleRequirement need) {
        String resolution = need.getDirectives().get(Constants.RESOLUTION_DIRECTIVE);
        return (resolution == null || resolution.equals(Constants.RESOLUTION_MANDATORY))
                && !Objects.equals(need.getDirectives().get(Constants.EFFECTIVE_DIRECTIVE), "active");
    }

    private static String words(BundleRequirement need) {
        String filter = need.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        return switch (need.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE -> "the package " + readable(filter) + ", which no bundle exports";
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
                "another Java (" + readable(filter) + ") than this one";
            default -> need.getNamespace() + " (" + readable(filter) + "), which no bundle offers";
        };
    }

    /** Of {@code (&(osgi.wiring.package=a.b)(version>=1.0.0)(!(version>=2.0.0)))}: {@code a.b version>=1.0.0 not version>=2.0.0}. */
    private static String readable(String filter) {
        return Arrays.stream(filter.replace("(!(", "(not ").split("[()&|]+", -1))
                .map(part -> part.replaceFirst("^osgi\\.(wiring\\.package|ee)=", ""))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" "));
    }
}

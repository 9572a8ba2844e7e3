package org.bursar.purchases.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayBundle.State;
import org.bursar.purchases.GatewayJars;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The gateways as the platform's own admins see them: what came with the distribution, and what lies in the folder. */
@Component(service = PlatformGateways.class)
public final class PlatformGateways {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    /** As long as a start may take, and a little more; a drain may take longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final GatewayDirectory directory;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable GatewayJars folder;

    @Activate
    public PlatformGateways(@Reference GatewayDirectory directory) {
        this.directory = directory;
    }

    /** Every bundle that offers a gateway, and every jar in the folder. */
    public List<GatewayBundle> bundles() {
        GatewayJars jars = folder;
        List<GatewayBundle> all = new ArrayList<>(jars == null ? List.of() : jars.jars());
        Set<String> fromJars = all.stream().map(GatewayBundle::bundle).collect(Collectors.toSet());
        directory.all().forEach((registered, known) -> {
            if (!fromJars.contains(registered.bundle())) {
                all.add(new GatewayBundle(
                        registered.id(),
                        registered.bundle(),
                        registered.version(),
                        registered.apiRange(),
                        known.isPresent() ? State.ACTIVE : State.FAILED,
                        null,
                        null,
                        null,
                        known.isPresent() ? null : "it does not tell what it is"));
            }
        });
        return all;
    }

    /** Approves a digest; joins the caller's transaction. */
    public void approve(Scope scope, String digest) {
        change(scope, digest, jars()::approve);
    }

    /** Runs an approved version; joins the caller's transaction. */
    public void update(Scope scope, String digest) {
        change(scope, digest, jars()::update);
    }

    private static void change(Scope scope, String digest, BiConsumer<Scope, String> change) {
        String wanted = digest.toLowerCase(Locale.ROOT);
        if (!DIGEST.matcher(wanted).matches()) {
            throw Problems.notFound();
        }
        change.accept(scope, wanted);
    }

    /** What became of a jar. */
    public GatewayBundle settled(String digest) {
        return jars().settled(digest.toLowerCase(Locale.ROOT), PATIENCE).orElseThrow(Problems::notFound);
    }

    private GatewayJars jars() {
        GatewayJars jars = folder;
        if (jars == null) {
            throw new ProblemException(Problems.UNAVAILABLE, "The folder for gateways is not watched at the moment.");
        }
        return jars;
    }
}

package org.bursar.gatewaydeployment.internal;

import java.util.List;
import java.util.Optional;
import org.bursar.kernel.HealthCheck;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayBundle.State;
import org.bursar.purchases.GatewayJars;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Says that the folder is not watched yet, which keeps a node from being ready: what was approved does not run there. And that an
 * approved gateway does not run, which keeps nobody from being served.
 */
@Component(service = HealthCheck.class)
public final class DeploymentHealth implements HealthCheck {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable GatewayJars jars;

    @Override
    public String name() {
        return "gateways";
    }

    @Override
    public Optional<String> problem() {
        return jars == null ? Optional.of("their folder is not watched yet") : Optional.empty();
    }

    @Override
    public List<String> warnings() {
        GatewayJars present = jars;
        if (present == null) {
            return List.of();
        }
        // the reason is a third party's text, and everybody may read this
        return present.jars().stream()
                .filter(jar -> jar.state() == State.QUARANTINED || jar.state() == State.UNRESOLVED)
                .map(DeploymentHealth::sentence)
                .toList();
    }

    private static String sentence(GatewayBundle jar) {
        return "gateway " + jar.id() + ' ' + jar.version() + " does not run; gateway:list says why";
    }
}

package org.bursar.gatewaydeployment.internal;

import java.util.List;
import java.util.Optional;
import org.bursar.kernel.HealthCheck;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayBundle.State;
import org.bursar.purchases.GatewayJars;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says that an approved gateway does not run. It keeps nobody from being served. */
@Component(service = HealthCheck.class)
public final class DeploymentHealth implements HealthCheck {
    private final GatewayJars jars;

    @Activate
    public DeploymentHealth(@Reference GatewayJars jars) {
        this.jars = jars;
    }

    @Override
    public String name() {
        return "gateways";
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    @Override
    public List<String> warnings() {
        // the reason is a third party's text, and everybody may read this
        return jars.jars().stream()
                .filter(jar -> jar.state() == State.QUARANTINED || jar.state() == State.UNRESOLVED)
                .map(DeploymentHealth::sentence)
                .toList();
    }

    private static String sentence(GatewayBundle jar) {
        return "gateway " + jar.id() + ' ' + jar.version() + " does not run; gateway:list says why";
    }
}

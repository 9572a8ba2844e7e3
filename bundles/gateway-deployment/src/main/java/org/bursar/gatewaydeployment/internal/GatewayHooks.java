package org.bursar.gatewaydeployment.internal;

import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps gateways to themselves when the framework wires bundles: none gets packages of the platform but those that it may import,
 * however it asks, none gives any, and two versions of one may be there while the one takes over from the other.
 *
 * <p>These are registered as they are, not as components: the framework asks them in the middle of its own work.
 */
final class GatewayHooks implements ResolverHookFactory, ResolverHook, CollisionHook {
    private final JarRules rules;

    private GatewayHooks(JarRules rules) {
        this.rules = rules;
    }

    /** Registers them. */
    static List<ServiceRegistration<?>> register(BundleContext context, JarRules rules) {
        GatewayHooks hooks = new GatewayHooks(rules);
        return List.of(
                context.registerService(ResolverHookFactory.class, hooks, null),
                context.registerService(CollisionHook.class, hooks, null));
    }

    private static boolean isGateway(Bundle bundle) {
        return bundle.getLocation().startsWith(GatewayBundles.LOCATION);
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        // each may be tried
    }

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> candidates) {
        candidates.removeIf(candidate -> isGateway(singleton.getRevision().getBundle())
                && isGateway(candidate.getRevision().getBundle()));
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        Bundle asks = requirement.getRevision().getBundle();
        switch (requirement.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE ->
                candidates.removeIf(candidate -> !asks.equals(
                                candidate.getRevision().getBundle())
                        && (isGateway(candidate.getRevision().getBundle())
                                || isGateway(asks)
                                        && !rules.mayImport(String.valueOf(
                                                candidate.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))));
            case BundleNamespace.BUNDLE_NAMESPACE, HostNamespace.HOST_NAMESPACE ->
                candidates.removeIf(candidate -> !asks.equals(
                                candidate.getRevision().getBundle())
                        && (isGateway(asks) || isGateway(candidate.getRevision().getBundle())));
            default -> {
                // execution environment, extenders and services are for everybody
            }
        }
    }

    @Override
    public void end() {
        // nothing is kept between
    }

    @Override
    public void filterCollisions(int operation, Bundle target, Collection<Bundle> candidates) {
        // the target of an installation is who installs, so that it is the candidates that tell
        candidates.removeIf(GatewayHooks::isGateway);
    }
}

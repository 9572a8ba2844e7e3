package org.bursar.purchases.internal.shell;

import java.util.Comparator;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayInfo;
import org.bursar.purchases.Gateways;
import org.bursar.shell.Listing;
import org.bursar.shell.OperatorCommand;
import org.bursar.shell.TenantCompleter;
import org.jspecify.annotations.Nullable;

/** {@code gateway:list}: the bundles that offer gateways and the jars that wait to, or how a tenant has them set. */
@Service
@Command(scope = "gateway", name = "list", description = "Lists gateways; with a tenant, how it has them set")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class GatewayListCommand extends OperatorCommand {
    @Reference
    private Gateways gateways;

    @Reference
    private TenantDirectory directory;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug", required = false)
    @Completion(TenantCompleter.class)
    private @Nullable String tenant;

    @Override
    protected void run() {
        show(tenant == null ? bundles() : ofTenant(tenant));
    }

    private Listing bundles() {
        Listing rows =
                new Listing("id", "state", "version", "bundle", "apiRange", "digest", "signer", "file", "reason");
        gateways.bundles().stream()
                .sorted(Comparator.comparing(GatewayBundle::id).thenComparing(GatewayBundle::version))
                .forEach(bundle -> rows.row(
                        bundle.id(),
                        bundle.state(),
                        bundle.version(),
                        bundle.bundle(),
                        bundle.apiRange(),
                        bundle.digest(),
                        bundle.signer(),
                        bundle.file(),
                        bundle.reason()));
        return rows;
    }

    private Listing ofTenant(String slug) {
        Scope scope = Scope.of(
                directory.bySlug(slug).orElseThrow(() -> new IllegalArgumentException("there is no tenant " + slug)),
                OPERATOR);
        Listing rows = new Listing("id", "name", "state", "configured", "enabled", "mode", "version", "reason");
        for (GatewayInfo gateway : gateways.list(scope)) {
            rows.row(
                    gateway.id(),
                    gateway.name(),
                    gateway.state(),
                    gateway.configured(),
                    gateway.enabled(),
                    gateway.live() ? "live" : "test",
                    gateway.version(),
                    gateway.reason());
        }
        return rows;
    }
}

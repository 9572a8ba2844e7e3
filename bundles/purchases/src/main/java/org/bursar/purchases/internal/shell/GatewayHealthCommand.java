package org.bursar.purchases.internal.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.purchases.GatewayHealth;
import org.bursar.purchases.GatewayInfo;
import org.bursar.purchases.GatewayInstances;
import org.bursar.purchases.Gateways;
import org.bursar.shell.Listing;
import org.bursar.shell.TenantCommand;
import org.jspecify.annotations.Nullable;

/** {@code gateway:health}: how a tenant's providers answer. */
@Service
@Command(
        scope = "gateway",
        name = "health",
        description = "Asks the providers of a tenant's gateways how they are, or one of them")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class GatewayHealthCommand extends TenantCommand {
    @Reference
    private Gateways gateways;

    @Reference
    private GatewayInstances instances;

    @Argument(
            index = 1,
            name = "gateway",
            description = "the gateway's id; all that are set up without it",
            required = false)
    private @Nullable String gateway;

    @Override
    protected void run() {
        List<String> ids = gateway != null
                ? List.of(gateway)
                : gateways.list(scope()).stream()
                        .filter(one -> one.configured() && one.enabled())
                        .map(GatewayInfo::id)
                        .toList();
        Listing rows = new Listing("gateway", "health", "message", "since", "checkedAt");
        for (String id : ids) {
            GatewayHealth health = instances.health(scope(), id);
            rows.row(id, health.code(), health.message(), health.since(), health.checkedAt());
        }
        show(rows);
    }
}

package org.bursar.purchases.internal.shell;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.bursar.kernel.TenantDirectory;
import org.bursar.purchases.GatewayBundle;
import org.bursar.purchases.GatewayInfo;
import org.bursar.purchases.Gateways;
import org.jspecify.annotations.Nullable;

/** {@code gateway:list}: the bundles that offer gateways, or how a tenant has them set. */
@Service
@Command(scope = "gateway", name = "list", description = "Lists gateways; with a tenant, how it has them set")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class GatewayListCommand implements Action {
    private static final JsonMapper JSON = new JsonMapper();

    @Reference
    private Gateways gateways;

    @Reference
    private TenantDirectory tenants;

    @Reference
    private Session session;

    @Argument(index = 0, name = "tenant", description = "the tenant's slug", required = false)
    private @Nullable String tenant;

    @Option(name = "--json", description = "write JSON")
    private boolean json;

    @Override
    public @Nullable Object execute() {
        PrintStream out = session.getConsole();
        ObjectNode node = JSON.createObjectNode();
        node.putArray("items");
        ShellTable table = new ShellTable();
        table.column("Gateway");
        table.column("State");
        table.column("Version");
        if (tenant == null) {
            table.column("Bundle");
            table.column("API");
            bundles(gateways.bundles(), table, node);
        } else {
            table.column("Configured");
            table.column("Enabled");
            table.column("Mode");
            ofTenant(gateways.list(Operators.scope(tenants, tenant)), table, node);
        }
        if (json) {
            out.println(node);
        } else {
            table.print(out);
        }
        return null;
    }

    private static void bundles(List<GatewayBundle> bundles, ShellTable table, ObjectNode node) {
        for (GatewayBundle bundle : bundles) {
            String state = bundle.state().name().toLowerCase(Locale.ROOT);
            table.addRow().addContent(bundle.id(), state, bundle.version(), bundle.bundle(), bundle.apiRange());
            node.withArray("items")
                    .addObject()
                    .put("id", bundle.id())
                    .put("state", state)
                    .put("version", bundle.version())
                    .put("bundle", bundle.bundle())
                    .put("apiRange", bundle.apiRange());
        }
    }

    private static void ofTenant(List<GatewayInfo> gateways, ShellTable table, ObjectNode node) {
        for (GatewayInfo gateway : gateways) {
            String state = gateway.state().name().toLowerCase(Locale.ROOT);
            String mode = gateway.live() ? "live" : "test";
            table.addRow()
                    .addContent(gateway.id(), state, gateway.version(), gateway.configured(), gateway.enabled(), mode);
            node.withArray("items")
                    .addObject()
                    .put("id", gateway.id())
                    .put("name", gateway.name())
                    .put("state", state)
                    .put("version", gateway.version())
                    .put("configured", gateway.configured())
                    .put("enabled", gateway.enabled())
                    .put("mode", mode);
        }
    }
}

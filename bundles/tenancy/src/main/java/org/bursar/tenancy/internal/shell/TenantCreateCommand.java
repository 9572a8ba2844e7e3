package org.bursar.tenancy.internal.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.shell.Listing;
import org.bursar.shell.OperatorCommand;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.internal.StoredTenants;
import org.bursar.tenancy.internal.StoredTenants.Creation;
import org.bursar.tenancy.internal.StoredTenants.Owner;
import org.jspecify.annotations.Nullable;

/** {@code tenant:create}: a tenant and its owner, who is sent a link to choose a password. */
@Service
@Command(
        scope = "tenant",
        name = "create",
        description = "Creates a tenant; its owner is sent a link to choose a password")
@SuppressWarnings("NullAway.Init") // the shell fills the fields before it executes the command
public final class TenantCreateCommand extends OperatorCommand {
    @Reference
    private StoredTenants tenants;

    @Argument(index = 0, name = "slug", description = "part of its host name, for ever", required = true)
    private String slug;

    @Argument(index = 1, name = "name", description = "what people read", required = true)
    private String name;

    @Argument(index = 2, name = "owner", description = "the owner's e-mail address", required = true)
    private String email;

    @Argument(index = 3, name = "firstName", description = "the owner's", required = true)
    private String firstName;

    @Argument(index = 4, name = "lastName", description = "the owner's", required = true)
    private String lastName;

    @Option(name = "--kind", description = "agency, reseller or direct")
    private String kind = "agency";

    @Option(name = "--unit", description = "what its wallets count, for ever: a currency or a word such as credits")
    private String unit = "USD";

    @Option(name = "--time-zone", description = "such as America/Los_Angeles; UTC without it")
    private @Nullable String timeZone;

    @Option(name = "--sandbox", description = "with a clock of its own, for ever, and without real money")
    private boolean sandbox;

    @Override
    protected void run() {
        Owner owner = new Owner(firstName, lastName, email, null);
        TenantId id = tenants.create(
                Scope.platform(OPERATOR), new Creation(slug, name, kind, unit, timeZone, owner, sandbox));
        Tenant tenant = tenants.get(Scope.platform(OPERATOR), id);
        show(new Listing("id", "slug", "name", "kind", "unit", "timeZone", "createdAt", "sandbox")
                .row(
                        tenant.id(),
                        tenant.slug(),
                        tenant.name(),
                        tenant.kind(),
                        tenant.unit(),
                        tenant.timeZone(),
                        tenant.createdAt(),
                        tenant.sandbox()));
    }
}

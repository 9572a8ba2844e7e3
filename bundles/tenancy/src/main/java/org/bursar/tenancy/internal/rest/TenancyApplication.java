package org.bursar.tenancy.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.bursar.tenancy.internal.Brands;
import org.bursar.tenancy.internal.CachedDirectory;
import org.bursar.tenancy.internal.Domains;
import org.bursar.tenancy.internal.Logos;
import org.bursar.tenancy.internal.SandboxClocks;
import org.bursar.tenancy.internal.StoredTenants;
import org.bursar.tenancy.internal.StoredWorkspaces;
import org.bursar.tenancy.internal.Wording;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /tenants} and {@code /workspaces}. */
@Component(service = Application.class)
@RestPaths(paths = {"/tenants", "/workspaces"})
public final class TenancyApplication extends RestApplication {
    @Activate
    public TenancyApplication(
            @Reference StoredTenants tenants,
            @Reference CachedDirectory directory,
            @Reference Domains domains,
            @Reference Brands brands,
            @Reference StoredWorkspaces workspaces,
            @Reference SandboxClocks clocks,
            @Reference Wording wording,
            @Reference Logos logos) {
        super(
                new TenantsResource(tenants, directory, domains, brands),
                new ClockResource(clocks, new OwnTenant(directory)),
                new TextsResource(wording, new OwnTenant(directory)),
                new LogoResource(logos, new OwnTenant(directory)),
                new WorkspacesResource(workspaces));
    }
}

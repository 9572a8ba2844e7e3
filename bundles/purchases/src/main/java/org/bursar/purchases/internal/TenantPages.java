package org.bursar.purchases.internal;

import java.net.URI;
import java.net.URISyntaxException;
import org.bursar.identity.TenantAddress;
import org.bursar.kernel.Scope;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Pages as a tenant's people see them: at the tenant's own host, where they are signed in. */
@Component(service = TenantPages.class)
public final class TenantPages {
    private final TenantAddress hosts;
    private final PurchasesSettings configuration;

    @Activate
    public TenantPages(@Reference TenantAddress hosts, @Reference PurchasesSettings configuration) {
        this.hosts = hosts;
        this.configuration = configuration;
    }

    /** A page of the tenant's; joins the caller's transaction. */
    URI of(Scope scope, String path) {
        URI page = configuration.page(path);
        String host = hosts.host(scope.tenant()).orElse(page.getHost());
        try {
            return new URI(page.getScheme(), null, host, page.getPort(), page.getPath(), page.getQuery(), null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a tenant's host is no host: " + host, e);
        }
    }
}

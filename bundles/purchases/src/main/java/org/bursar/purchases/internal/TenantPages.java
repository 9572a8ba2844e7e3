package org.bursar.purchases.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
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
        return site(scope).page(path);
    }

    /** Where all pages of the tenant's are; joins the caller's transaction. */
    Site site(Scope scope) {
        Optional<String> host = hosts.host(scope.tenant());
        return path -> {
            URI page = configuration.page(path);
            return at(host.orElse(page.getHost()), page);
        };
    }

    /** The pages of one tenant. */
    interface Site {
        /** Nothing is read for it. */
        URI page(String path);
    }

    private static URI at(String host, URI page) {
        try {
            return new URI(page.getScheme(), null, host, page.getPort(), page.getPath(), page.getQuery(), null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a tenant's host is no host: " + host, e);
        }
    }
}

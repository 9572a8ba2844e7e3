package org.bursar.customers.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.customers.Access;
import org.bursar.customers.internal.AccountLifecycle;
import org.bursar.customers.internal.CompanyAccounts;
import org.bursar.customers.internal.CustomerDirectory;
import org.bursar.customers.internal.StandingCounts;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /customers}, {@code /customer-counts} and {@code /access}. */
@Component(service = Application.class)
@RestPaths(
        paths = {"/customers", "/customer-counts", "/access"},
        usagePaths = "GET /access")
public final class CustomersApplication extends RestApplication {
    @Activate
    public CustomersApplication(
            @Reference CompanyAccounts accounts,
            @Reference AccountLifecycle lifecycle,
            @Reference CustomerDirectory directory,
            @Reference StandingCounts counts,
            @Reference Access access) {
        super(
                new CustomersResource(accounts, lifecycle, directory),
                new CustomerCountsResource(counts),
                new AccessResource(access));
    }
}

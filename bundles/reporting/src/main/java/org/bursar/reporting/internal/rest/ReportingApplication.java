package org.bursar.reporting.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.kernel.TenantClocks;
import org.bursar.reporting.Reports;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The paths of reporting. */
@Component(service = Application.class)
@RestPaths(paths = "/reports")
public final class ReportingApplication extends RestApplication {
    @Activate
    public ReportingApplication(@Reference Reports reports, @Reference TenantClocks clocks) {
        super(new ReportsResource(reports, clocks));
    }
}

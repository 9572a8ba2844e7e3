package org.bursar.metering.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.metering.Repricings;
import org.bursar.metering.UsageEvents;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /usage-events}, {@code /usage} and {@code /usage-weeks}. */
@Component(service = Application.class)
@RestPaths(
        paths = {"/usage-events", "/usage", "/usage-weeks"},
        usagePaths = "POST /usage-events")
public final class MeteringApplication extends RestApplication {
    @Activate
    public MeteringApplication(@Reference UsageEvents usage, @Reference Repricings repricings) {
        super(
                new UsageEventsResource(usage),
                new UsageResource(usage),
                new UsageWeeksResource(usage),
                new RepricingsResource(repricings));
    }
}

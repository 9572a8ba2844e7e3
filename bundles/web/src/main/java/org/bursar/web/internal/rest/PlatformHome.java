package org.bursar.web.internal.rest;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** A platform admin's start page: what waits, the newest agencies, and what was done on the platform. */
final class PlatformHome {
    private static final Set<String> WAITING = Set.of("waiting", "quarantined", "failed", "unresolved", "refused");

    private final Site site;

    PlatformHome(Site site) {
        this.site = site;
    }

    Response home(Visit visit) {
        List<Facts> jars = visit.maybe("gateways:read", "/gateways?limit=100").items();
        return Answers.page(
                new Frame(visit, site.words().say("nav.home"), "home"),
                "console/platform-home",
                "agencies",
                visit.maybe("tenants:read", "/tenants?limit=6").items(),
                "jars",
                jars,
                "waiting",
                jars.stream().filter(jar -> WAITING.contains(jar.text("state"))).toList(),
                "people",
                visit.maybe("users:read", "/users?limit=100").items(),
                "audit",
                visit.maybe("audit:read", "/audit-entries?limit=6").items());
    }
}

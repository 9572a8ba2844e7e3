package org.bursar.web.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Caller;
import org.jspecify.annotations.Nullable;

/** Who comes: the session counts on the host that it was begun for alone, and a platform user works in one tenant at a time. */
public final class Visitors {
    /** Looks a token up in the tenant that is wanted. */
    @FunctionalInterface
    public interface LookUp {
        Optional<Caller> caller(String token, Optional<TenantId> wanted);
    }

    private final Site site;
    private final LookUp tokens;

    public Visitors(Site site, LookUp tokens) {
        this.site = site;
        this.tokens = tokens;
    }

    /** Finds out who a visit is; gives a cookie to be set, or an empty text. */
    public String identify(Visit visit) {
        Optional<String> token = visit.cookies().session();
        if (token.isEmpty()) {
            return "";
        }
        Caller caller = caller(token.get(), visit.host());
        boolean customers = caller != null && caller.customers().isPresent();
        if (caller == null || caller.user().isEmpty() || customers != visit.portal()) {
            return "";
        }
        visit.signedIn(caller);
        return visit.portal() ? "" : act(visit, caller, token.get());
    }

    private @Nullable Caller caller(String token, Optional<TenantId> wanted) {
        try {
            return tokens.caller(token, wanted).orElse(null);
        } catch (ProblemException e) {
            if (e.problem().code().status() == Problems.NOT_FOUND.status()) {
                // a good token, but of another tenant
                return null;
            }
            throw e;
        }
    }

    /** A platform user works in the tenant that they chose, or in the first that they belong to; an admin on the platform otherwise. */
    private String act(Visit visit, Caller caller, String token) {
        Optional<TenantId> chosen = visit.cookies().acting().flatMap(Visitors::tenant);
        if (chosen.isPresent()) {
            Caller inside = caller(token, chosen);
            if (inside != null && exists(chosen.get())) {
                visit.signedIn(inside);
                return "";
            }
        }
        List<Facts> own = caller.platformAdmin() || caller.passwordDue()
                ? List.of()
                : visit.me().list("tenants");
        Optional<TenantId> first =
                own.isEmpty() ? Optional.empty() : tenant(own.get(0).text());
        Caller inside = first.isEmpty() ? null : caller(token, first);
        if (inside == null) {
            return "";
        }
        visit.signedIn(inside);
        return visit.cookies().set("acting", own.get(0).text(), -1);
    }

    /** The platform's admins may be in any tenant, but one that there is. */
    private boolean exists(TenantId tenant) {
        try {
            return site.brand(tenant).isPresent();
        } catch (ProblemException e) {
            return false;
        }
    }

    public static Optional<TenantId> tenant(String text) {
        try {
            return Optional.of(TenantId.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a request comes from a page of this host, as far as the browser tells. */
    public static boolean foreign(HttpServletRequest request) {
        String fetched = request.getHeader("Sec-Fetch-Site");
        return fetched != null && !fetched.equals("same-origin");
    }
}

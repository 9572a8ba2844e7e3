package org.bursar.web.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Anonymous;
import org.bursar.rest.Caller;
import org.bursar.rest.MultipartForm;
import org.bursar.rest.Requires;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.SentFile;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;
import org.bursar.web.internal.Visitors;
import org.jspecify.annotations.Nullable;

/**
 * Before a page: who comes, whether the page is for this host, whether they may, and whether a form comes from a page of ours. After it:
 * the headers that keep it what it is.
 */
final class VisitFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final int LARGEST_FORM = 256 * 1024;
    /** So much of a form that is too large is read away, so that its sender hears the answer. */
    private static final int LARGEST_REFUSED = 32 * 1024 * 1024;

    private static final String POLICY = "Content-Security-Policy";
    private static final int SEE_OTHER = 303;
    private static final String SET_COOKIE = "Set-Cookie";
    private static final String DROPPED = VisitFilter.class.getName() + ".cookies";

    private final Site site;
    private final Visitors visitors;

    @Context
    private @Nullable ResourceInfo resource;

    @Context
    private @Nullable HttpServletRequest servlet;

    VisitFilter(Site site) {
        this.site = site;
        visitors = new Visitors(site, site::caller);
    }

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        HttpServletRequest request = Objects.requireNonNull(servlet);
        Method method = Objects.requireNonNull(resource).getResourceMethod();
        Class<?> type = resource.getResourceClass();
        if (method == null || type == null) {
            // OPTIONS, which Jersey would answer by itself
            throw new NotFoundException();
        }
        Visit visit = Visit.of(site, request);
        requireSide(visit, method, type);
        String cookie = visitors.identify(visit);
        if (!cookie.isEmpty()) {
            context.setProperty(DROPPED, cookie);
        }
        visit.bind();
        if (context.getMethod().equals("POST")) {
            // files are read of those alone who have signed in
            Upload upload = visit.caller().isPresent() ? method.getAnnotation(Upload.class) : null;
            if (upload != null && !fits(context, upload)) {
                context.abortWith(Answers.to(visit, above(request.getRequestURI()) + "?refused=too_large"));
                return;
            }
            takeForm(visit, context, upload);
        }
        if (!method.isAnnotationPresent(Anonymous.class)) {
            admit(visit, context, method.getAnnotation(Requires.class), type);
        }
    }

    private static void requireSide(Visit visit, Method method, Class<?> type) {
        On on = method.isAnnotationPresent(On.class) ? method.getAnnotation(On.class) : type.getAnnotation(On.class);
        On.Side side = on == null ? On.Side.CONSOLE : on.value();
        if (side == On.Side.CONSOLE && visit.portal() || side == On.Side.PORTAL && !visit.portal()) {
            throw new NotFoundException();
        }
    }

    static Optional<TenantId> tenant(String text) {
        return Visitors.tenant(text);
    }

    /** A form must come from a page of this host (Origin, Fetch Metadata) and bring back what that page was given for this session. */
    private void takeForm(Visit visit, ContainerRequestContext context, @Nullable Upload upload) throws IOException {
        String origin = context.getHeaderString("Origin");
        boolean foreign = origin != null && !sameHost(origin, visit.request()) || Visitors.foreign(visit.request());
        int most = upload == null ? LARGEST_FORM : upload.most();
        byte[] body = context.getEntityStream().readNBytes(most + 1);
        if (body.length > most) {
            throw new PageProblem(413, site.words().say("problem.too_large"));
        }
        String type = context.getHeaderString("Content-Type");
        if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
            visit.sent(Visit.parsed(new String(body, StandardCharsets.UTF_8)));
        } else if (upload != null) {
            takeParts(visit, MultipartForm.read(type, body, names(upload)), upload);
        }
        boolean bound =
                visit.cookies().session().isPresent() || visit.cookies().visit().isPresent();
        if (foreign || !bound || !same(visit.form(Visit.TOKEN), visit.formToken())) {
            throw new PageProblem(403, site.words().say("problem.form_from_elsewhere"));
        }
    }

    /** Whether a form with a file has no more bytes than it may; what is too much is read away and forgotten. */
    private static boolean fits(ContainerRequestContext context, Upload upload) throws IOException {
        InputStream stream = context.getEntityStream();
        byte[] body = stream.readNBytes(upload.most() + 1);
        if (body.length > upload.most()) {
            long left = LARGEST_REFUSED;
            for (long read = 1; read > 0 && left > 0; left -= read) {
                read = stream.skip(left);
            }
            return false;
        }
        context.setEntityStream(new java.io.ByteArrayInputStream(body));
        return true;
    }

    private static String above(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static List<String> names(Upload upload) {
        List<String> names = new ArrayList<>(List.of(Visit.TOKEN, Visit.ONCE, upload.file()));
        names.addAll(List.of(upload.texts()));
        return names;
    }

    private static void takeParts(Visit visit, MultipartForm form, Upload upload) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        names(upload).forEach(name -> form.text(name).ifPresent(text -> texts.put(name, List.of(text))));
        visit.sent(texts);
        form.file(upload.file())
                .ifPresent(part -> visit.sent(
                        new SentFile(upload.file(), Objects.requireNonNull(part.fileName()), part.content())));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean sameHost(String origin, HttpServletRequest request) {
        try {
            URI uri = URI.create(origin);
            return uri.getHost() != null && uri.getHost().equalsIgnoreCase(request.getServerName());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void admit(Visit visit, ContainerRequestContext context, @Nullable Requires requires, Class<?> type) {
        Caller caller = visit.caller().orElse(null);
        if (caller == null) {
            context.abortWith(toSignIn(visit));
            return;
        }
        if (caller.passwordDue()) {
            if (type != PasswordPages.class && type != SignInPages.class) {
                context.abortWith(Answers.to(visit, "/password"));
            }
            return;
        }
        if (requires == null) {
            throw new NotFoundException();
        }
        switch (requires.level()) {
            case CALLER -> {}
            case PLATFORM -> {
                if (!caller.platformAdmin() || !caller.may(requires.value())) {
                    throw forbidden(caller, requires);
                }
            }
            case TENANT -> {
                if (caller.tenant().isEmpty()) {
                    context.abortWith(Answers.to(visit, caller.platformAdmin() ? "/agencies" : "/"));
                } else if (!caller.may(requires.value())) {
                    throw forbidden(caller, requires);
                }
            }
        }
    }

    /** Who could do it at other times is told that it is not they who may not. */
    private PageProblem forbidden(Caller caller, Requires requires) {
        boolean suspended = caller.refusal(requires.value()).problem().code().equals(Problems.TENANT_SUSPENDED);
        return new PageProblem(403, site.words().say(suspended ? "problem.suspended" : "problem.forbidden"));
    }

    private static Response toSignIn(Visit visit) {
        HttpServletRequest request = visit.request();
        String next = "";
        if (request.getMethod().equals("GET")) {
            next = request.getRequestURI() + (request.getQueryString() == null ? "" : '?' + request.getQueryString());
        }
        String target = Visit.path("/login", "next", next.equals("/") ? "" : next);
        if (visit.htmx()) {
            return Response.status(Response.Status.UNAUTHORIZED)
                    .header("HX-Redirect", target)
                    .build();
        }
        return Response.seeOther(URI.create(target)).build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        var headers = response.getHeaders();
        if (!AssetPages.FILE_POLICY.equals(headers.getFirst(POLICY))) {
            headers.putSingle(POLICY, Site.POLICY);
        }
        headers.putSingle("Referrer-Policy", "same-origin");
        headers.putSingle("X-Frame-Options", "DENY");
        headers.putSingle("Cross-Origin-Opener-Policy", "same-origin");
        headers.putSingle("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
        if (!headers.containsKey("Cache-Control")) {
            headers.putSingle("Cache-Control", "no-store");
            headers.add("Vary", "HX-Request");
        }
        if (request.getMethod().equals("POST") && response.getStatus() != SEE_OTHER) {
            // the answer to a form is no address that could be loaded again
            headers.putSingle("HX-Push-Url", "false");
        }
        if (request.getProperty(DROPPED) instanceof String cookie) {
            headers.add(SET_COOKIE, cookie);
        }
    }
}

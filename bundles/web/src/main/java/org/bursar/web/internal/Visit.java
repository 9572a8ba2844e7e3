package org.bursar.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Caller;
import org.bursar.rest.InnerCalls;
import org.bursar.web.internal.live.Marks;
import org.jspecify.annotations.Nullable;

/** One request for a page: who came, to whose host, and what they may ask of the operations. */
public final class Visit {
    /** The hidden field of every form that proves that it is one of ours. */
    public static final String TOKEN = "csrf";

    /**
     * The hidden field of every form that makes what is sent twice be done once. No field of an operation has a hyphen in its name, so
     * that it hides none, the {@code key} of a plan for instance.
     */
    public static final String ONCE = "idempotency-key";

    private static final String ATTRIBUTE = Visit.class.getName();
    private static final int LONGEST = 2_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Site site;
    private final HttpServletRequest request;
    private final Cookies cookies;
    private final Optional<TenantId> host;
    private Optional<TenantId> bound;
    private @Nullable Caller caller;
    private Map<String, List<String>> form = Map.of();
    private @Nullable SentFile file;
    private @Nullable Facts me;
    private @Nullable Map<String, List<String>> query;

    Visit(Site site, HttpServletRequest request) {
        this.site = site;
        this.request = request;
        this.cookies = Cookies.of(request, site.secure());
        this.host = site.calls().hostTenant(request);
        this.bound = host;
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The visit of a request, begun when it is asked for first. */
    public static Visit of(Site site, HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Visit visit ? visit : new Visit(site, request);
    }

    public Site site() {
        return site;
    }

    public HttpServletRequest request() {
        return request;
    }

    public Cookies cookies() {
        return cookies;
    }

    /** Whether this is a tenant's host, where its customers have their dashboard; on the platform's is the console. */
    public boolean portal() {
        return host.isPresent();
    }

    public Optional<TenantId> host() {
        return host;
    }

    /** In which tenant the visitor works; empty on the platform itself. */
    public Optional<TenantId> tenant() {
        return host.isPresent() ? host : caller().flatMap(Caller::tenant);
    }

    public Optional<Caller> caller() {
        return Optional.ofNullable(caller);
    }

    public void signedIn(@Nullable Caller caller) {
        this.caller = caller;
    }

    public boolean may(String permission) {
        Caller present = caller;
        return present != null && present.may(permission);
    }

    public Map<String, List<String>> form() {
        return form;
    }

    public void sent(Map<String, List<String>> form) {
        this.form = form;
    }

    public void sent(SentFile file) {
        this.file = file;
    }

    /** What the file that came with the form holds; no bytes where none was chosen. */
    public byte[] file() {
        return file == null ? new byte[0] : file.content();
    }

    public String form(String name) {
        List<String> values = form.get(name);
        return values == null || values.isEmpty() ? "" : values.get(0);
    }

    /** A parameter of the address, or an empty text; longer ones than anybody types are cut. */
    public String query(String name) {
        if (query == null) {
            query = parsed(request.getQueryString());
        }
        List<String> values = query.get(name);
        String value = values == null || values.isEmpty() ? "" : values.get(0);
        return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    }

    /** The parameters as they are now, for who may not touch the request. */
    public UnaryOperator<String> parameters() {
        Map<String, List<String>> all = request.getMethod().equals("POST") ? form : parsed(request.getQueryString());
        return name -> {
            List<String> values = all.get(name);
            String value = values == null || values.isEmpty() ? "" : values.get(0);
            return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        };
    }

    /** All values of a parameter of the address, up to so many. */
    public List<String> queries(String name, int most) {
        return parsed(request.getQueryString()).getOrDefault(name, List.of()).stream()
                .limit(most)
                .toList();
    }

    /** Names and values of a query or of a form's body. */
    public static Map<String, List<String>> parsed(@Nullable String text) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        if (text != null && !text.isEmpty()) {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                all.computeIfAbsent(name, any -> new ArrayList<>())
                        .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return all;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Whether htmx asks for a part of the page that is open. */
    public boolean htmx() {
        return "true".equals(request.getHeader("HX-Request"));
    }

    public Instant now() {
        return site.clock().instant();
    }

    /** Binds the forms of this visit to where the visitor works, whatever a page makes of the visitor afterwards. */
    public void bind() {
        bound = tenant();
    }

    /** What forms of this visit bring back to show that they come from a page of this session. */
    public String formToken() {
        return site.formToken(cookies.session().orElse(cookies.visit().orElse("")), bound);
    }

    public static String random() {
        byte[] bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** An address with its parameters, name and value in turn; those without a value are left out. */
    public static String path(String path, String... pairs) {
        StringBuilder all = new StringBuilder(path);
        char mark = path.indexOf('?') < 0 ? '?' : '&';
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            if (!pairs[i + 1].isEmpty()) {
                all.append(mark).append(pairs[i]).append('=').append(encode(pairs[i + 1]));
                mark = '&';
            }
        }
        return all.toString();
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        if (caller != null) {
            cookies.session().ifPresent(token -> headers.put("Authorization", "Bearer " + token));
        }
        if (host.isEmpty()) {
            tenant().ifPresent(tenant -> headers.put("Bursar-Tenant", tenant.toString()));
        }
        return headers;
    }

    /** Asks an operation, and takes a refusal for an answer. */
    public Reply ask(String method, String path, @Nullable JsonNode body, String... moreHeaders) {
        Map<String, String> headers = headers();
        for (int i = 0; i + 1 < moreHeaders.length; i += 2) {
            if (!moreHeaders[i + 1].isEmpty()) {
                headers.put(moreHeaders[i], moreHeaders[i + 1]);
            }
        }
        return site.ask(request, method, path, headers, body);
    }

    /** What an operation shows; its refusal becomes the page's. */
    public Facts get(String path) {
        Reply reply = ask("GET", path, null);
        if (!reply.ok()) {
            throw new PageProblem(reply.status(), reply.body().text("detail"));
        }
        return reply.body();
    }

    /** What an operation shows, or nothing where it refuses or nobody serves it: for parts that a page can do without. */
    public Facts maybe(String permission, String path) {
        if (!may(permission)) {
            return Facts.NONE;
        }
        Reply reply = ask("GET", path, null);
        return reply.ok() ? reply.body() : Facts.NONE;
    }

    /** Does a form's work, once for the key that the form carries however often it is sent. */
    public Reply post(String path, @Nullable JsonNode body) {
        return ask(
                "POST",
                path,
                body == null ? JsonNodeFactory.instance.objectNode() : body,
                "Idempotency-Key",
                form(ONCE));
    }

    /**
     * Does a form's work with the file that came with it, as {@link #post} does one without.
     *
     * @param field the name of the file's field, which is sent empty when there is none
     * @param texts the names of the form's fields that go with it
     */
    public Reply postFile(String path, String field, String... texts) {
        SentFile sent = file == null ? new SentFile(field, "", new byte[0]) : file;
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : texts) {
            values.put(text, form(text));
        }
        String boundary = SentFile.boundary();
        Map<String, String> headers = headers();
        headers.put("Content-Type", "multipart/form-data; boundary=" + boundary);
        if (!form(ONCE).isEmpty()) {
            headers.put("Idempotency-Key", form(ONCE));
        }
        return site.ask(request, new InnerCalls.Question("POST", path, headers, sent.body(boundary, values)));
    }

    /** Sends a long answer as it comes. */
    public void pass(String path, String accept, HttpServletResponse response) throws IOException {
        Map<String, String> headers = headers();
        headers.put("Accept", accept);
        site.calls().pass(request, new InnerCalls.Question("GET", path, headers, new byte[0]), response);
    }

    /** Who the visitor is, as identity tells it; nothing for who has not signed in. */
    public Facts me() {
        Facts known = me;
        if (known == null) {
            known = caller == null ? Facts.NONE : get("/me");
            me = known;
        }
        return known;
    }

    /** The names of customers, for those who may see customers. */
    public Map<String, String> names(Collection<String> ids) {
        Caller present = caller;
        return present == null || !present.may("customers:read")
                ? new LinkedHashMap<>()
                : site.names(present.scope(), ids);
    }

    /** What the visitor may be told of, of one customer or of the whole tenant; on the dashboard always of their own. */
    public Set<Subject> subjects(String customer, String... about) {
        Set<Subject> subjects = new LinkedHashSet<>();
        Caller present = caller;
        Optional<TenantId> tenant = tenant();
        if (present == null || tenant.isEmpty() || present.passwordDue()) {
            return subjects;
        }
        for (String what : about) {
            if (site.pulses().permission(what).filter(present::may).isPresent()) {
                owners(present, customer).forEach(owner -> subjects.add(new Subject(tenant.get(), owner, what)));
            }
        }
        return subjects;
    }

    private static List<Optional<CustomerId>> owners(Caller caller, String customer) {
        if (caller.customers().isPresent()) {
            return caller.customers().get().stream().map(Optional::of).toList();
        }
        if (customer.isEmpty()) {
            return List.of(Optional.empty());
        }
        try {
            return List.of(Optional.of(CustomerId.fromString(customer)));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** Where a page is told of changes; to be asked for before what the page shows is read, so that nothing falls in between. */
    public Live live(String customer, String... about) {
        Set<Subject> subjects = site.liveStreams() == 0 ? Set.of() : subjects(customer, about);
        if (subjects.isEmpty()) {
            return Live.NONE;
        }
        String told = subjects.stream().map(Subject::about).distinct().collect(Collectors.joining(","));
        return new Live(
                path("/live", "about", told, "customer", customer),
                Marks.text(Pulses.shown(subjects, site.pulses().marks(subjects))));
    }

    /** The one customer of the visitor on the dashboard. */
    public String customer() {
        return caller().flatMap(Caller::customers)
                .flatMap(all -> all.stream().findFirst())
                .map(Object::toString)
                .orElseThrow(PageProblem::notFound);
    }
}

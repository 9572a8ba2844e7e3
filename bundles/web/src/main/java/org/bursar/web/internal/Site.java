package org.bursar.web.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bursar.customers.Customers;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Authenticator;
import org.bursar.rest.Caller;
import org.bursar.rest.InnerCalls;
import org.bursar.tenancy.Brand;
import org.bursar.tenancy.Logo;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.TenantBrands;
import org.bursar.tenancy.TenantLogos;
import org.bursar.tenancy.TenantTexts;
import org.bursar.tenancy.Tenants;
import org.bursar.web.internal.parts.Parts;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** What all pages share. Capabilities may come and go: what they would show is missing meanwhile. */
@Component(service = Site.class, configurationPid = "org.bursar.web")
@Designate(ocd = WebConfig.class)
public final class Site {
    /** Exactly what section 2 of the design asks: nothing inline, nothing from elsewhere, in nobody's frame. */
    public static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                    + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String CSRF = "web.form";

    private final InnerCalls calls;
    private final Secrets secrets;
    private final Database database;
    private final Clock clock;
    private final Pulses pulses;
    private final Parts parts;
    private final Assets assets = new Assets();
    private final Words words = new Words("en");
    private final ObjectMapper json = JsonMapper.builder().build();
    private final TemplateEngine templates;
    private volatile WebConfig config;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Authenticator authenticator;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable TenantBrands brands;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable TenantLogos logos;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Tenants tenants;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable TenantTexts texts;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Customers customers;

    @Activate
    public Site(
            @Reference InnerCalls calls,
            @Reference Secrets secrets,
            @Reference Database database,
            @Reference Clock clock,
            @Reference Pulses pulses,
            @Reference Parts parts,
            WebConfig config) {
        this.calls = calls;
        this.secrets = secrets;
        this.database = database;
        this.clock = clock;
        this.pulses = pulses;
        this.parts = parts;
        this.config = config;
        // it finds its templates through the context class loader
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Site.class.getClassLoader());
        try {
            templates = TemplateEngine.createPrecompiled(
                    null, ContentType.Html, Site.class.getClassLoader(), "org.bursar.web.internal.jte");
            templates.setTrimControlStructures(true);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Modified
    void modified(WebConfig config) {
        this.config = config;
    }

    public InnerCalls calls() {
        return calls;
    }

    public Assets assets() {
        return assets;
    }

    public Words words() {
        return words;
    }

    public Pulses pulses() {
        return pulses;
    }

    public Parts parts() {
        return parts;
    }

    /** How many pages may listen to this node at once. */
    public int liveStreams() {
        return config.live_streams();
    }

    public Clock clock() {
        return clock;
    }

    /** Whether people come over https, so that cookies are for https alone. */
    public boolean secure() {
        return config.url().startsWith("https:");
    }

    public int keepDays() {
        return config.keep_days();
    }

    public String render(String template, Map<String, Object> parameters) {
        StringOutput out = new StringOutput(16 * 1024);
        templates.render(template + ".jte", parameters, out);
        return out.toString();
    }

    /** Who a session's token belongs to, in the tenant that is wanted. */
    public Optional<Caller> caller(String token, Optional<TenantId> wanted) {
        return authenticator().authenticate(token, wanted);
    }

    /** The same for a page that is only open: its session ends as one that nobody uses. */
    public Optional<Caller> watched(String token, Optional<TenantId> wanted) {
        return authenticator().watch(token, wanted);
    }

    private Authenticator authenticator() {
        Authenticator present = authenticator;
        if (present == null) {
            throw new ProblemException(Problem.of(Problems.UNAVAILABLE, "Nobody can be signed in at the moment."));
        }
        return present;
    }

    /** The brand of a tenant; empty while nobody can tell. */
    public Optional<Brand> brand(TenantId tenant) {
        TenantBrands present = brands;
        return present == null ? Optional.empty() : Optional.of(present.of(tenant));
    }

    /** The logo of a tenant; empty where it has none, and while nobody can tell. */
    public Optional<Logo> logo(TenantId tenant) {
        TenantLogos present = logos;
        return present == null ? Optional.empty() : present.of(tenant);
    }

    /** What a tenant says in its own words; nothing while nobody can tell. */
    public Map<String, String> texts(TenantId tenant) {
        TenantTexts present = texts;
        return present == null ? Map.of() : present.of(tenant);
    }

    /** A tenant by its id, for those who are known to belong to it. */
    public Optional<Tenant> tenant(TenantId tenant) {
        Tenants present = tenants;
        return present == null
                ? Optional.empty()
                : Optional.of(
                        database.transact(Scope.of(tenant, Actor.system("web")), () -> present.own(scope(tenant))));
    }

    private static Scope scope(TenantId tenant) {
        return Scope.of(tenant, Actor.system("web"));
    }

    public ZoneId zone(Optional<TenantId> tenant) {
        return tenant.flatMap(this::tenant).map(Tenant::timeZone).orElse(ZoneOffset.UTC);
    }

    /** The names of customers that the scope sees. */
    public Map<String, String> names(Scope scope, Collection<String> ids) {
        Customers present = customers;
        Map<String, String> names = new HashMap<>();
        if (present != null && !ids.isEmpty()) {
            java.util.List<CustomerId> wanted =
                    ids.stream().distinct().map(CustomerId::fromString).toList();
            database.transact(scope, () -> present.names(scope, wanted))
                    .forEach((id, name) -> names.put(id.toString(), name));
        }
        return names;
    }

    /** The token that a form must bring back: of this session and this tenant alone. */
    public String formToken(String secret, Optional<TenantId> tenant) {
        String about = secret + '\n' + tenant.map(TenantId::toString).orElse("");
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(secrets.mac(CSRF, about.getBytes(StandardCharsets.UTF_8)));
    }

    /** Asks an operation. */
    public Reply ask(
            HttpServletRequest request,
            String method,
            String path,
            Map<String, String> headers,
            @Nullable JsonNode body) {
        try {
            byte[] bytes = body == null ? new byte[0] : json.writeValueAsBytes(body);
            return ask(request, new InnerCalls.Question(method, path, headers, bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks an operation whose body is not JSON, or is JSON already. */
    public Reply ask(HttpServletRequest request, InnerCalls.Question question) {
        try {
            InnerCalls.Answer answer = calls.ask(request, question);
            Facts facts = answer.body().length == 0 ? Facts.NONE : new Facts(json.readTree(answer.body()));
            return new Reply(answer.status(), facts, answer.tag());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

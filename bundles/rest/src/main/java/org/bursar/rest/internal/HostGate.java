package org.bursar.rest.internal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bursar.database.DatabaseException;
import org.bursar.database.Lanes;
import org.bursar.kernel.Problem;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.TypeId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first to see a request, whatever its path: names it, finds out whose host it came to, refuses foreign hosts, and logs
 * one line once it is answered.
 */
@Component(service = Preprocessor.class, configurationPid = "org.bursar.rest")
@Designate(ocd = RestConfig.class)
public final class HostGate implements Preprocessor {
    private static final Logger LOG = LoggerFactory.getLogger("org.bursar.rest.request");
    // tokens in paths (webhooks, one-time links) are longer than any id and never logged
    private static final int SHORTEST_TOKEN = 41;
    private static final Pattern TOKEN = Pattern.compile("/[^/]{" + SHORTEST_TOKEN + ",}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final long NANOS_A_TENTH = 100_000;
    private static final int TEN = 10;
    private static final int LARGEST_REST = 16 * 1024 * 1024;
    private static final long LONGEST_REST_NANOS = 2_000_000_000L;

    private final Clock clock;
    private final Startup startup;
    private final Drain drain;
    private final Told told;
    private volatile Set<String> platformHosts;
    private volatile Proxies proxies;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable TenantDirectory directory;

    // both wait for the database, and a request must be answered meanwhile
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Applications applications;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable Lanes lanes;

    @Activate
    public HostGate(
            @Reference Clock clock,
            @Reference Drain drain,
            @Reference Startup startup,
            @Reference Told told,
            RestConfig config) {
        this.clock = clock;
        this.drain = drain;
        this.startup = startup;
        this.told = told;
        platformHosts = hosts(config);
        proxies = new Proxies(config.trusted_proxies());
    }

    /** Requests go on; the next one is judged by the new address. One that is no address leaves the former. */
    @Modified
    void modified(RestConfig config) {
        platformHosts = hosts(config);
        proxies = new Proxies(config.trusted_proxies());
    }

    private static Set<String> hosts(RestConfig config) {
        Set<String> hosts = new HashSet<>(Set.of("127.0.0.1", "localhost"));
        if (!config.url().isBlank()) {
            String host = URI.create(config.url()).getHost();
            if (host == null) {
                throw new IllegalArgumentException("url (BURSAR_URL) is no address: " + config.url());
            }
            hosts.add(host.toLowerCase(Locale.ROOT));
        }
        return Set.copyOf(hosts);
    }

    @Override
    public void init(FilterConfig config) {
        startup.gateStands();
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        long start = System.nanoTime();
        String requestId = TypeId.base32(TypeId.next(clock));
        response.setHeader("Request-Id", requestId);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (drain.leaving()) {
            response.setHeader("Connection", "close");
        }
        boolean admitted = drain.admit();
        try (Lanes.Stay lane = lane(request)) {
            LOG.trace("{} {}", requestId, lane);
            if (admitted) {
                pass(request, response, requestId, chain);
            } else {
                told.write(
                        request,
                        response,
                        Problem.of(Problems.UNAVAILABLE, "This node is stopping; another try finds the next."),
                        true);
            }
        } finally {
            drain.answered();
            log(request, response, requestId, System.nanoTime() - start);
        }
    }

    /** The tenant of a host and the caller are looked up in the lane of what is asked for, too. */
    private Lanes.@Nullable Stay lane(HttpServletRequest request) {
        Applications served = applications;
        Lanes all = lanes;
        return served == null || all == null
                ? null
                : all.enter(served.lane(request.getMethod(), request.getRequestURI()));
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, String requestId, FilterChain chain)
            throws IOException, ServletException {
        try {
            Optional<TenantId> tenant = Optional.empty();
            String host = host(request);
            if (!platformHosts.contains(host)) {
                TenantDirectory tenants = directory;
                tenant = tenants == null ? Optional.empty() : tenants.byHost(host);
                if (tenants == null && !startup.over()) {
                    ProblemAnswer.write(response, startup.late());
                    return;
                }
                if (tenant.isEmpty()) {
                    told.write(
                            request,
                            response,
                            Problem.of(Problems.MISDIRECTED, "Nothing is served under this host name."),
                            true);
                    return;
                }
            }
            new RequestFacts(requestId, tenant, proxies.client(request)).attach(request);
            HttpServletResponse patient = startup.patient(response, ProblemAnswer::write);
            if (patient != response) {
                // judged before the container looks for a servlet: by the time it has found none there may be one
                request.setAttribute(Startup.EARLY, true);
            }
            chain.doFilter(request, new Replaced(request, patient));
        } catch (DatabaseException e) {
            ProblemAnswer.write(
                    response, Problem.of(Problems.UNAVAILABLE, "The database does not answer at the moment."));
        } finally {
            readRest(request);
        }
    }

    /**
     * Reads what is left of a body that was refused unread, and forgets it. Jetty would close the connection on it without a word,
     * while the client is still sending or has begun its next request.
     */
    private static void readRest(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        if (request.isAsyncStarted() || length == 0 || length > LARGEST_REST || length < 0 && bodiless(request)) {
            return;
        }
        try {
            InputStream body = request.getInputStream();
            byte[] buffer = new byte[8_192];
            long end = System.nanoTime() + LONGEST_REST_NANOS;
            int total = 0;
            int read = body.read(buffer);
            while (read >= 0 && total <= LARGEST_REST && System.nanoTime() < end) {
                total += read;
                read = body.read(buffer);
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("the rest of a body could not be read", e);
        }
    }

    /** Whether a request that tells no length has no body either, which later versions of HTTP do not tell in a header. */
    private static boolean bodiless(HttpServletRequest request) {
        return request.getHeader("Transfer-Encoding") == null
                && request.getProtocol().startsWith("HTTP/1.");
    }

    private static String host(HttpServletRequest request) {
        String host = request.getServerName().toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static void log(HttpServletRequest request, HttpServletResponse response, String requestId, long nanos) {
        // probes come every second and say nothing
        if (LOG.isInfoEnabled() && !request.getRequestURI().startsWith("/health/")) {
            Object caller = request.getAttribute(CallFilter.CALLER);
            LOG.info(
                    "{} {} {} {} {} ms by {}",
                    requestId,
                    request.getMethod(),
                    path(request.getRequestURI()),
                    response.getStatus(),
                    tenths((nanos + NANOS_A_TENTH / 2) / NANOS_A_TENTH),
                    caller == null ? "-" : caller);
        }
    }

    /** As it may be logged; most are, as they are. */
    private static String path(String uri) {
        String path = uri.length() > SHORTEST_TOKEN ? TOKEN.matcher(uri).replaceAll("/…") : uri;
        boolean control = false;
        for (int i = 0; i < path.length() && !control; i++) {
            control = path.charAt(i) < ' ' || path.charAt(i) == '\u007f';
        }
        return control ? CONTROL.matcher(path).replaceAll("?") : path;
    }

    /** A number of tenths with its point. */
    private static String tenths(long tenths) {
        return tenths / TEN + "." + tenths % TEN;
    }
}

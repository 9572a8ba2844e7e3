package org.bursar.tenancy.internal;

import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.kernel.Checks;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.tenancy.TenancyProblems;
import org.bursar.tenancy.internal.sql.TenantMapper;
import org.bursar.tenancy.internal.sql.TenantMapper.DomainRow;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The hosts that a tenant says are its own. One leads to the tenant once the platform's admin has checked who
 * controls it: that
 * needs DNS, which this service does not ask.
 */
@Component(service = Domains.class, configurationPid = "org.bursar.tenancy")
@Designate(ocd = TenancyConfig.class)
public final class Domains {
    private static final String SORT = "domain";

    private final Database database;
    private final Clock clock;
    private final CachedDirectory directory;
    private final Audit audit;
    private final TenantMapper mapper;
    private volatile String platformHost;

    @Activate
    public Domains(
            @Reference Database database,
            @Reference Clock clock,
            @Reference CachedDirectory directory,
            @Reference Audit audit,
            TenancyConfig config) {
        this.database = database;
        this.clock = clock;
        this.directory = directory;
        this.audit = audit;
        this.mapper = database.mapper("tenancy", TenantMapper.class);
        this.platformHost = host(config);
    }

    /** Takes another address of the platform. */
    @Modified
    void configure(TenancyConfig config) {
        platformHost = host(config);
    }

    private static String host(TenancyConfig config) {
        String host = config.url().isBlank() ? null : URI.create(config.url()).getHost();
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }

    /** Adds a host, not verified yet. */
    public String add(Scope scope, @Nullable String sent) {
        Checks checks = new Checks();
        String host = Hosts.checked(checks, "/host", sent, platformHost);
        checks.done();
        return database.transact(scope, () -> {
            if (mapper.insertDomain(scope.tenant(), host, clock.instant()) == 0) {
                throw taken();
            }
            audit.record(
                    scope, "domain.create", scope.tenant().toString(), Optional.empty(), null, Map.of("host", host));
            return host;
        });
    }

    private static String host(String sent) {
        String host = Hosts.ascii(sent);
        if (!Hosts.possible(host)) {
            throw Problems.notFound();
        }
        return host;
    }

    private static ProblemException taken() {
        return new ProblemException(TenancyProblems.HOST_TAKEN, TenancyProblems.HOST_TAKEN.title() + '.');
    }

    /** By host. */
    public Page<DomainRow> list(Scope scope, Page.Request page) {
        String after = page.after() == null
                ? null
                : Cursor.decode(SORT, 1, page.after()).get(0);
        return database.transact(
                scope,
                () -> Page.of(
                        mapper.domains(scope.tenant(), after, page.limit() + 1),
                        page,
                        row -> Cursor.encode(SORT, row.host())));
    }

    /** One host. */
    public DomainRow get(Scope scope, String host) {
        return database.transact(
                scope, () -> mapper.domain(scope.tenant(), host(host)).orElseThrow(Problems::notFound));
    }

    /**
     * Sets whether the host leads to the tenant.
     *
     * @throws ProblemException {@code host_taken} when it leads to another tenant
     */
    public void setVerified(Scope scope, String sent, boolean verified) {
        String host = host(sent);
        database.run(scope, () -> {
            DomainRow before = mapper.lockDomain(scope.tenant(), host).orElseThrow(Problems::notFound);
            if ((before.verifiedAt() != null) == verified) {
                return;
            }
            if (verified) {
                if (mapper.announce(CachedDirectory.HOST, host, scope.tenant()) == 0) {
                    throw taken();
                }
            } else {
                mapper.withdraw(CachedDirectory.HOST, host, scope.tenant());
            }
            mapper.verify(scope.tenant(), host, verified ? clock.instant() : null);
            audit.record(
                    scope,
                    "domain.verify",
                    scope.tenant().toString(),
                    Optional.empty(),
                    Map.of("host", host, "verified", !verified),
                    Map.of("host", host, "verified", verified));
            directory.changed();
        });
    }

    /** Removes a host, which then leads nowhere. */
    public void remove(Scope scope, String sent, OptionalLong version) {
        String host = host(sent);
        database.run(scope, () -> {
            DomainRow row = mapper.lockDomain(scope.tenant(), host).orElseThrow(Problems::notFound);
            Versions.require(version, row.version());
            mapper.withdraw(CachedDirectory.HOST, host, scope.tenant());
            mapper.deleteDomain(scope.tenant(), host);
            audit.record(
                    scope, "domain.delete", scope.tenant().toString(), Optional.empty(), Map.of("host", host), null);
            directory.changed();
        });
    }
}

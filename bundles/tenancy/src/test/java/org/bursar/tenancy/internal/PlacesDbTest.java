package org.bursar.tenancy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.tenancy.internal.Tenancy.refused;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.WorkspaceId;
import org.bursar.tenancy.WorkspaceUse;
import org.bursar.tenancy.internal.sql.TenantMapper.DomainRow;
import org.bursar.tenancy.internal.sql.TenantMapper.WorkspaceRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlacesDbTest {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private static Tenancy tenancy;

    private TenantId tenant;
    private Scope scope;
    private String slug;

    @BeforeAll
    static void open() {
        tenancy = new Tenancy();
    }

    @AfterAll
    static void close() {
        tenancy.close();
    }

    @BeforeEach
    void aTenant() {
        slug = "tenant-" + COUNTER.incrementAndGet();
        tenant = tenancy.tenant(slug);
        scope = Tenancy.scope(tenant);
    }

    @Test
    void aHostLeadsToItsTenantOnlyWhileItIsVerified() {
        String host = "app." + slug + ".example";
        assertThat(tenancy.domains.add(scope, "APP." + slug + ".Example")).isEqualTo(host);
        assertThat(tenancy.directory.byHost(host))
                .as("anybody can claim a host")
                .isEmpty();
        assertThat(tenancy.directory.host(tenant)).contains(slug + ".localhost");
        tenancy.domains.setVerified(scope, host, true);
        assertThat(tenancy.directory.byHost(host)).contains(tenant);
        assertThat(tenancy.directory.host(tenant))
                .as("links lead to the tenant's own domain")
                .contains(host);
        tenancy.domains.setVerified(scope, host, true);
        tenancy.domains.remove(scope, host, OptionalLong.empty());
        assertThat(tenancy.directory.byHost(host)).isEmpty();
        refused("not_found", () -> tenancy.domains.get(scope, host));
    }

    @Test
    void aHostThatLeadsToOneTenantIsNotGivenToAnother() {
        String host = "shared." + slug + ".example";
        tenancy.domains.add(scope, host);
        tenancy.domains.setVerified(scope, host, true);
        Scope other = Tenancy.scope(tenancy.tenant(slug + "-other"));
        tenancy.domains.add(other, host);
        refused("host_taken", () -> tenancy.domains.setVerified(other, host, true));
        assertThat(tenancy.directory.byHost(host)).contains(tenant);
        assertThat(tenancy.domains.list(other, Page.Request.first()).items())
                .extracting(DomainRow::verifiedAt)
                .containsOnlyNulls();
        refused("host_taken", () -> tenancy.domains.add(scope, host));
    }

    @Test
    void thePlatformsHostsAndAddressesAreNobodys() {
        for (String host : List.of(
                "bursar.example",
                "127.0.0.1",
                "localhost",
                "x.localhost",
                "a_b.example",
                "http://x.example",
                "x.example:80")) {
            refused("invalid", () -> tenancy.domains.add(scope, host));
        }
    }

    @Test
    void aTenantsMailsGoOutInItsName() {
        assertThat(tenancy.brands.sender(tenant).orElseThrow().name()).isEqualTo("Harborlight AI");
        assertThat(tenancy.brands.sender(TenantId.next(tenancy.clock))).isEmpty();
        long version = tenancy.brands.get(scope).version();
        tenancy.brands.set(
                scope,
                OptionalLong.of(version),
                new Brands.Form("Harbor", "#1F6FEB", "help@harborlight.example", "mail@harborlight.example"));
        assertThat(tenancy.brands.sender(tenant).orElseThrow().address())
                .as("a domain that nobody has verified is not the tenant's")
                .isEmpty();
        String host = slug + ".example";
        tenancy.domains.add(scope, host);
        tenancy.domains.setVerified(scope, host, true);
        for (String address : List.of("mail@" + host, "mail@news." + host)) {
            tenancy.brands.set(
                    scope,
                    OptionalLong.empty(),
                    new Brands.Form("Harbor", "#1F6FEB", "help@harborlight.example", address));
            assertThat(tenancy.brands.sender(tenant).orElseThrow().address()).contains(address);
        }
        tenancy.domains.setVerified(scope, host, false);
        assertThat(tenancy.brands.sender(tenant).orElseThrow().address()).isEmpty();
        assertThat(tenancy.brands.get(scope).colour()).isEqualTo("#1f6feb");
        refused(
                "stale",
                () -> tenancy.brands.set(scope, OptionalLong.of(version), new Brands.Form("Other", null, null, null)));
        refused(
                "invalid",
                () -> tenancy.brands.set(
                        scope,
                        OptionalLong.empty(),
                        new Brands.Form("A\nB", "red; }", "x", "a@b.example\nBcc: c@d.example")));
    }

    @Test
    void aWorkspaceIsItsTenantsAlone() {
        WorkspaceId id = tenancy.workspaces.create(scope, new StoredWorkspaces.Form("Portland"));
        Scope other = Tenancy.scope(tenancy.tenant(slug + "-other"));
        assertThat(tenancy.workspaces.existing(scope, List.of(id, WorkspaceId.next(tenancy.clock))))
                .containsExactly(id);
        assertThat(tenancy.workspaces.existing(other, List.of(id))).isEmpty();
        refused("not_found", () -> tenancy.workspaces.get(other, id));
        refused(
                "not_found",
                () -> tenancy.workspaces.edit(other, id, OptionalLong.empty(), new StoredWorkspaces.Form("Mine")));
        refused("not_found", () -> tenancy.workspaces.delete(other, id, OptionalLong.empty()));
        refused("name_taken", () -> tenancy.workspaces.create(scope, new StoredWorkspaces.Form(" Portland ")));
        assertThat(tenancy.workspaces.create(other, new StoredWorkspaces.Form("Portland")))
                .isNotNull();
        WorkspaceId second = tenancy.workspaces.create(scope, new StoredWorkspaces.Form("<b>Salem & Co</b>"));
        refused(
                "name_taken",
                () -> tenancy.workspaces.edit(
                        scope, second, OptionalLong.of(1), new StoredWorkspaces.Form("Portland")));
        refused(
                "stale",
                () -> tenancy.workspaces.edit(scope, second, OptionalLong.of(7), new StoredWorkspaces.Form("Salem")));
    }

    @Test
    void aWorkspaceInUseStaysAndACustomerSeesItsOwnAlone() {
        WorkspaceId used = tenancy.workspaces.create(scope, new StoredWorkspaces.Form("Used"));
        WorkspaceId free = tenancy.workspaces.create(scope, new StoredWorkspaces.Form("Free"));
        Scope customers = scope.only(CustomerId.next(tenancy.clock));
        assertThat(tenancy.workspaces.list(customers, Page.Request.first()).items())
                .isEmpty();
        tenancy.workspaces.uses = List.of(new WorkspaceUse() {
            @Override
            public boolean used(Scope seen, WorkspaceId workspace) {
                return workspace.equals(used);
            }

            @Override
            public Set<WorkspaceId> usable(Scope seen) {
                return Set.of(used);
            }
        });
        try {
            refused("workspace_in_use", () -> tenancy.workspaces.delete(scope, used, OptionalLong.empty()));
            tenancy.workspaces.delete(scope, free, OptionalLong.empty());
            assertThat(tenancy.workspaces.list(customers, Page.Request.first()).items())
                    .extracting(WorkspaceRow::workspaceId)
                    .containsExactly(used);
            refused("not_found", () -> tenancy.workspaces.get(customers, free));
        } finally {
            tenancy.workspaces.uses = List.of();
        }
    }

    @Test
    void whatIsDoneIsInTheAuditLog() {
        WorkspaceId id = tenancy.workspaces.create(scope, new StoredWorkspaces.Form("Portland"));
        assertThat(tenancy.audit
                        .list(scope, Optional.of(id.toString()), Optional.empty(), Page.Request.first())
                        .items())
                .singleElement()
                .satisfies(entry -> assertThat(
                                entry.after().orElseThrow().path("name").asText())
                        .isEqualTo("Portland"));
    }

    @Test
    void onlyTheDirectoryIsOutsideRowLevelSecurity() {
        assertThat(tenancy.test.queryAsOwner("""
                        select string_agg(n.nspname || '.' || c.relname, ' ' order by c.relname)
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname in ('tenancy', 'identity') and c.relkind = 'r'
                        and not (c.relrowsecurity and c.relforcerowsecurity) and c.relname <> 'flyway_history'
                        """)).isEqualTo("tenancy.directory");
    }
}

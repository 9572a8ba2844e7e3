package org.bursar.tenancy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.tenancy.internal.Tenancy.refused;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.tenancy.Tenant;
import org.bursar.tenancy.Tenant.Suspension;
import org.bursar.tenancy.internal.StoredTenants.Creation;
import org.bursar.tenancy.internal.StoredTenants.Edit;
import org.bursar.tenancy.internal.StoredTenants.Owner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TenantsDbTest {
    private static Tenancy tenancy;

    @BeforeAll
    static void open() {
        tenancy = new Tenancy();
    }

    @AfterAll
    static void close() {
        tenancy.close();
    }

    @Test
    void aTenantComesWithItsOwnerAndIsFoundAtOnce() {
        assertThat(tenancy.directory.bySlug("harborlight"))
                .as("remembered as absent")
                .isEmpty();
        TenantId id = tenancy.tenant("harborlight");
        assertThat(tenancy.directory.bySlug("harborlight")).contains(id);
        assertThat(tenancy.directory.byHost("harborlight.localhost")).contains(id);
        assertThat(tenancy.directory.exists(id)).isTrue();
        assertThat(tenancy.directory.all()).contains(id);
        assertThat(tenancy.directory.slugs()).contains("harborlight");
        Tenant tenant = tenancy.tenants.own(Tenancy.scope(id));
        assertThat(tenant.name()).isEqualTo("Harborlight AI");
        assertThat(tenant.unit()).isEqualTo("USD");
        assertThat(tenant.timeZone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(tenancy.mails)
                .filteredOn(mail -> mail.to().equals("mara@harborlight.example"))
                .hasSize(1);
    }

    @Test
    void aTenantWithoutAGoodOwnerIsNotMade() {
        Owner weak = new Owner("Mara", "Lindqvist", "mara@nowhere.example", "short");
        refused(
                "invalid",
                () -> tenancy.tenants.create(
                        Tenancy.platform(), new Creation("nowhere", "Nowhere", "agency", "USD", null, weak, null)));
        refused(
                "invalid",
                () -> tenancy.tenants.create(
                        Tenancy.platform(), new Creation("nowhere", "Nowhere", "agency", "USD", null, null, null)));
        assertThat(tenancy.directory.bySlug("nowhere")).isEmpty();
        assertThat(tenancy.tenant("nowhere")).as("the slug is still free").isNotNull();
    }

    @Test
    void everyFieldThatIsWrongIsNamed() {
        try {
            tenancy.tenants.create(
                    Tenancy.platform(), new Creation("Bad Slug", " ", "shop", "usd$", "Mars/Olympus", null, null));
            throw new AssertionError("created");
        } catch (ProblemException e) {
            assertThat(e.problem().errors())
                    .extracting(error -> error.pointer())
                    .containsExactly("/slug", "/name", "/kind", "/unit", "/timeZone", "/owner");
        }
        refused("invalid", () -> tenancy.tenants.create(Tenancy.platform(), null));
    }

    @Test
    void aUnitIsACurrencyOrTheTenantsOwn() {
        TenantId id = tenancy.tenants.create(
                Tenancy.platform(),
                new Creation(
                        "own-credits",
                        "Own",
                        "direct",
                        "credits",
                        "America/Los_Angeles",
                        new Owner("A", "B", "ab@own.example", null),
                        null));
        assertThat(tenancy.tenants.own(Tenancy.scope(id)).unit()).isEqualTo("credits");
        for (String unit : List.of("XXX", "US", "usdollars-", "x", "ABC")) {
            refused(
                    "invalid",
                    () -> tenancy.tenants.create(
                            Tenancy.platform(),
                            new Creation(
                                    "unit-x",
                                    "X",
                                    "direct",
                                    unit,
                                    null,
                                    new Owner("A", "B", "ab@u.example", null),
                                    null)));
        }
    }

    @Test
    void oneOfManyWhoWantASlugAtOnceGetsIt() throws Exception {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            attempts.add(() -> {
                try {
                    tenancy.tenant("wanted");
                    return true;
                } catch (ProblemException e) {
                    assertThat(e.problem().code().code()).isEqualTo("slug_taken");
                    return false;
                }
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(attempts.size());
        int created = 0;
        for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
            created += attempt.get() ? 1 : 0;
        }
        threads.shutdown();
        assertThat(created).isEqualTo(1);
    }

    @Test
    void aTenantSeesItsOwnRowAlone() {
        TenantId first = tenancy.tenant("first-one");
        TenantId second = tenancy.tenant("second-one");
        String other = tenancy.database.transact(
                Tenancy.scope(second),
                () -> tenancy.database
                        .mapper("tenancy", org.bursar.tenancy.internal.sql.TenantMapper.class)
                        .get(first)
                        .toString());
        assertThat(other).isEqualTo("Optional.empty");
        refused("not_found", () -> tenancy.tenants.own(Tenancy.scope(TenantId.next(tenancy.clock))));
        refused("not_found", () -> tenancy.tenants.own(Tenancy.platform()));
    }

    @Test
    void anEditIsSeenAtOnceAndAStaleOneRefused() {
        TenantId id = tenancy.tenant("editable");
        Tenant before = tenancy.tenants.own(Tenancy.scope(id));
        tenancy.tenants.edit(
                Tenancy.platform(),
                id,
                OptionalLong.of(before.version()),
                new Edit("New name", "reseller", "Europe/Oslo"));
        assertThat(tenancy.tenants.own(Tenancy.scope(id)).name()).isEqualTo("New name");
        assertThat(tenancy.tenants.own(Tenancy.scope(id)).timeZone()).isEqualTo(ZoneId.of("Europe/Oslo"));
        refused(
                "stale",
                () -> tenancy.tenants.edit(
                        Tenancy.platform(),
                        id,
                        OptionalLong.of(before.version()),
                        new Edit("Other", "reseller", null)));
        assertThat(tenancy.audit
                        .list(Tenancy.scope(id), Optional.of(id.toString()), Optional.empty(), Page.Request.first())
                        .items())
                .extracting(entry -> entry.action())
                .containsExactlyInAnyOrder("tenant.update", "tenant.create");
    }

    @Test
    void aSuspensionIsKnownAtOnceHereAndWithinASecondElsewhere() throws Exception {
        TenantId id = tenancy.tenant("to-suspend");
        CachedDirectory elsewhere = new CachedDirectory(tenancy.database);
        assertThat(tenancy.directory.suspended(id)).isFalse();
        assertThat(elsewhere.suspended(id)).isFalse();

        tenancy.tenants.setSuspended(Tenancy.platform(), id, true, OptionalLong.empty(), " unpaid ");
        assertThat(tenancy.directory.suspended(id)).isTrue();
        assertThat(tenancy.tenants.own(Tenancy.scope(id)).suspension())
                .contains(new Suspension(tenancy.clock.instant(), Optional.of("unpaid")));
        Thread.sleep(1_000);
        assertThat(elsewhere.suspended(id)).isTrue();

        tenancy.tenants.setSuspended(Tenancy.platform(), id, false, OptionalLong.empty(), null);
        assertThat(tenancy.directory.suspended(id)).isFalse();
        assertThat(tenancy.tenants.own(Tenancy.scope(id)).suspension()).isEmpty();
        Thread.sleep(1_000);
        assertThat(elsewhere.suspended(id)).isFalse();
    }

    @Test
    void whatWasRememberedOfASuspensionGoesWithItsCommit() {
        TenantId id = tenancy.tenant("to-and-fro");
        assertThat(tenancy.directory.suspended(id)).isFalse();
        // the answer before is younger than what is believed, each time again
        for (int i = 0; i < 6; i++) {
            boolean suspended = i % 2 == 0;
            tenancy.tenants.setSuspended(Tenancy.platform(), id, suspended, OptionalLong.empty(), null);
            assertThat(tenancy.directory.suspended(id)).isEqualTo(suspended);
        }
    }

    @Test
    void aSuspensionIsInBothAuditLogsOnceAndOfOneTenantAlone() {
        TenantId id = tenancy.tenant("suspended-once");
        TenantId other = tenancy.tenant("not-suspended");
        for (boolean suspended : List.of(false, true, true, false, false)) {
            tenancy.tenants.setSuspended(Tenancy.platform(), id, suspended, OptionalLong.empty(), null);
            assertThat(tenancy.directory.suspended(other)).isFalse();
        }
        for (Scope log : List.of(Tenancy.scope(id), Tenancy.platform())) {
            assertThat(tenancy.audit
                            .list(log, Optional.of(id.toString()), Optional.empty(), Page.Request.first())
                            .items())
                    .extracting(entry -> entry.action())
                    .containsExactlyInAnyOrder("tenant.create", "tenant.suspend", "tenant.resume");
        }
        assertThat(tenancy.tenants.get(Tenancy.platform(), id).version()).isEqualTo(3);
    }

    @Test
    void aSuspensionThatIsNotWellMeantIsRefused() {
        TenantId id = tenancy.tenant("well-meant");
        refused("stale", () -> suspend(id, OptionalLong.of(7), null));
        refused("invalid", () -> suspend(id, OptionalLong.empty(), "x".repeat(501)));
        refused("not_found", () -> suspend(TenantId.next(tenancy.clock), OptionalLong.empty(), null));
        assertThat(tenancy.directory.suspended(id)).isFalse();
        assertThat(tenancy.directory.suspended(TenantId.next(tenancy.clock))).isFalse();
    }

    private static void suspend(TenantId id, OptionalLong version, @Nullable String reason) {
        tenancy.tenants.setSuspended(Tenancy.platform(), id, true, version, reason);
    }

    @Test
    void thePlatformListsTenantsPageByPage() {
        for (int i = 0; i < 3; i++) {
            tenancy.clock.advance(Duration.ofMillis(1));
            tenancy.tenant("paged-" + (char) ('a' + i));
        }
        Page<Tenant> first = tenancy.tenants.list(Tenancy.platform(), new Page.Request(2, null));
        assertThat(first.items()).extracting(Tenant::slug).containsExactly("paged-c", "paged-b");
        Page<Tenant> second = tenancy.tenants.list(Tenancy.platform(), new Page.Request(1, first.next()));
        assertThat(second.items()).extracting(Tenant::slug).containsExactly("paged-a");
    }
}

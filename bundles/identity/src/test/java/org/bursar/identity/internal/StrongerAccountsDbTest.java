package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.identity.internal.Refusals.refused;

import java.util.List;
import java.util.Optional;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.rest.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may write users is still not stronger than those whom they would take over. */
class StrongerAccountsDbTest {
    private static final Scope PLATFORM = Scope.platform(Actor.system("test"));
    private static Identity identity;

    private TenantId tenant;
    private Caller weak;

    @BeforeAll
    static void open() {
        identity = new Identity();
    }

    @AfterAll
    static void close() {
        identity.close();
    }

    @BeforeEach
    void aTenantAndAWeakCaller() {
        tenant = identity.tenant();
        weak = Identity.caller(tenant, Optional.empty(), "users:read", "users:write", "threads:read");
    }

    private String email(String name) {
        return name + tenant.uuid() + "@harborlight.example";
    }

    private UserId owner(String name) {
        return identity.users.createTenantOwner(PLATFORM, tenant, Identity.person(email(name)));
    }

    private static UserForms.Edit edit(String email) {
        return new UserForms.Edit("Jonas", "Berg", email, null, null, null);
    }

    private static UserForms.Creation staff(String email, String... permissions) {
        return new UserForms.Creation("Mara", "Lind", email, null, Role.STAFF, null, null, null, List.of(permissions));
    }

    @Test
    void whoWritesUsersDoesNotTakeOverWhoMayMore() {
        CustomerId customer = identity.customer();
        UserId admin = identity.customerAdmin(tenant, customer, "admin@acmecorp.example");
        int mails = identity.mails.size();
        refused("forbidden", () -> identity.accounts.edit(weak, admin, OptionalVersion.any(), edit("thief@x.example")));
        refused("forbidden", () -> identity.accounts.setStatus(weak, admin, UserStatus.DISABLED));
        refused("forbidden", () -> identity.accounts.remove(weak, admin, OptionalVersion.any()));
        refused("forbidden", () -> identity.accounts.welcomeAgain(weak, admin));
        assertThat(identity.mails).hasSize(mails);
        assertThat(identity.accounts.get(weak.scope(), admin).pendingEmail()).isNull();

        identity.accounts.setStatus(Identity.tenantAdmin(tenant), admin, UserStatus.DISABLED);
        assertThat(identity.accounts.get(weak.scope(), admin).status()).isEqualTo(UserStatus.DISABLED);
    }

    @Test
    void aTenantChangesNothingOfAPlatformUserButTheMembership() {
        UserId owner = owner("owner");
        Caller all = Identity.tenantAdmin(tenant);
        refused("forbidden", () -> identity.accounts.edit(all, owner, OptionalVersion.any(), edit("thief@x.example")));
        refused("forbidden", () -> identity.accounts.setStatus(all, owner, UserStatus.DISABLED));
    }

    @Test
    void aPlatformKeyThatWritesUsersDoesNotTouchAdminsAndStaff() {
        UserId owner = owner("owner");
        Caller key = new Caller(
                new Actor(Actor.Kind.API_KEY, "key_test", "test"),
                Optional.empty(),
                Optional.empty(),
                java.util.Set.of("users:*"),
                true,
                Optional.empty());
        refused("forbidden", () -> identity.accounts.setStatus(key, owner, UserStatus.DISABLED));
        refused("forbidden", () -> identity.accounts.remove(key, owner, OptionalVersion.any()));
        identity.accounts.setStatus(Identity.platformAdmin(), owner, UserStatus.DISABLED);
        assertThat(identity.accounts.get(PLATFORM, owner).status()).isEqualTo(UserStatus.DISABLED);
    }

    @Test
    void anOwnerIsNotDemotedOrRemovedByWhoMayLess() {
        UserId owner = owner("owner");
        owner("second");
        refused("forbidden", () -> identity.creation.create(weak, staff(email("owner"), "threads:read")));
        refused("forbidden", () -> identity.accounts.remove(weak, owner, OptionalVersion.any()));
        assertThat(identity.memberPermissions(tenant, owner)).isEqualTo("*");

        Caller all = Identity.tenantAdmin(tenant);
        identity.creation.create(all, staff(email("owner"), "threads:read"));
        assertThat(identity.memberPermissions(tenant, owner)).isEqualTo("threads:read");
        identity.creation.create(weak, staff(email("owner"), "users:read"));
        assertThat(identity.memberPermissions(tenant, owner)).isEqualTo("users:read");
        identity.accounts.remove(weak, owner, OptionalVersion.any());
        refused("not_found", () -> identity.accounts.get(all.scope(), owner));
    }

    @Test
    void theLastWhoMayEverythingIsNeitherDemotedNorRemoved() {
        UserId owner = owner("owner");
        Caller all = Identity.tenantAdmin(tenant);
        refused("last_admin", () -> identity.creation.create(all, staff(email("owner"), "users:*")));
        refused("last_admin", () -> identity.accounts.remove(all, owner, OptionalVersion.any()));
        identity.creation.create(all, staff(email("owner"), "*"));
        UserId second = owner("second");
        identity.accounts.setStatus(Identity.platformAdmin(), second, UserStatus.DISABLED);
        refused("last_admin", () -> identity.accounts.remove(all, owner, OptionalVersion.any()));
        identity.accounts.setStatus(Identity.platformAdmin(), second, UserStatus.ACTIVE);
        identity.accounts.remove(all, owner, OptionalVersion.any());
        assertThat(identity.accounts
                        .list(all.scope(), Optional.empty(), true, Page.Request.first())
                        .items())
                .extracting(row -> row.userId())
                .containsExactly(second);
    }

    @Test
    void thePlatformRemovesNobodyWhoAloneHasAllPermissionsSomewhere() {
        UserId owner = owner("owner");
        UserId second = owner("second");
        identity.accounts.remove(Identity.platformAdmin(), second, OptionalVersion.any());
        refused("last_admin", () -> identity.accounts.remove(Identity.platformAdmin(), owner, OptionalVersion.any()));
    }

    @Test
    void aTenantSeesItsMembersByTheNameThatItGaveThemAndNothingOfTheirLivesElsewhere() {
        UserId owner = owner("owner");
        TenantId elsewhere = identity.tenant();
        Caller stranger = Identity.tenantAdmin(elsewhere);
        assertThat(identity.creation.create(
                        stranger,
                        new UserForms.Creation(
                                "Guessed", "Name", email("owner"), null, Role.STAFF, null, null, null, List.of("*"))))
                .isEqualTo(owner);
        UserRow seen = identity.accounts.get(stranger.scope(), owner);
        assertThat(seen.name()).isEqualTo("Guessed Name");
        assertThat(seen.role()).isEqualTo(Role.STAFF);
        assertThat(seen.lastSeenAt()).isNull();
        assertThat(identity.accounts
                        .list(stranger.scope(), Optional.empty(), true, Page.Request.first())
                        .items())
                .containsExactly(seen);
        UserRow own = identity.accounts.get(Identity.tenantAdmin(tenant).scope(), owner);
        assertThat(own.name()).isNotEqualTo("Guessed Name");
    }
}

package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.identity.internal.Refusals.refused;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bursar.identity.NewUser;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PermissionSetId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.rest.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsersDbTest {
    private static Identity identity;

    private TenantId tenant;
    private CustomerId customer;
    private UserId admin;
    private Caller company;

    @BeforeAll
    static void open() {
        identity = new Identity();
    }

    @AfterAll
    static void close() {
        identity.close();
    }

    @BeforeEach
    void aCustomerWithAnAdmin() {
        tenant = identity.tenant();
        customer = identity.customer();
        admin = identity.customerAdmin(tenant, customer, "admin@acmecorp.example");
        company = identity.caller(identity.signIn(tenant, "admin@acmecorp.example"));
    }

    @Test
    void anAddressIsTakenOnceHoweverItIsWrittenAndHoweverManyComeAtOnce() throws Exception {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (String email : List.of("Jo@x.example", "jo@X.example", "JO@x.EXAMPLE", "jo@x.example", "jO@x.example")) {
            CustomerId own = identity.customer();
            attempts.add(() -> {
                try {
                    // without a password, so that all are at the constraint at the same moment
                    identity.users.createCustomerAdmin(
                            Identity.scope(tenant),
                            own,
                            new NewUser("/admin", "Jo", "Doe", email, Optional.empty(), false));
                    return true;
                } catch (ProblemException e) {
                    assertThat(e.problem().code().code()).isEqualTo("email_taken");
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
        // the same address is free in another tenant
        assertThat(identity.customerAdmin(identity.tenant(), customer, "jo@x.example"))
                .isNotNull();
    }

    @Test
    void fieldsAreRefusedByNameBelowTheirPointer() {
        try {
            identity.users.createCustomerAdmin(
                    Identity.scope(tenant),
                    customer,
                    new NewUser("/admin", "", "Berg", "no address", Optional.of("short"), false));
            throw new AssertionError("created");
        } catch (ProblemException e) {
            assertThat(e.problem().errors())
                    .extracting(error -> error.pointer())
                    .containsExactly("/admin/firstName", "/admin/email", "/admin/password");
        }
    }

    @Test
    void aWelcomeMailNamesTheBrandAndNeverThePassword() {
        assertThat(identity.mails)
                .filteredOn(mail -> mail.customer().filter(customer::equals).isPresent())
                .singleElement()
                .satisfies(mail -> {
                    assertThat(mail.subject()).isEqualTo("Welcome to Harborlight AI");
                    assertThat(mail.text())
                            .contains("http://harborlight.localhost:8080/one-time-links/bol_")
                            .doesNotContain(Identity.PASSWORD)
                            .doesNotContainIgnoringCase("bursar");
                });
    }

    @Test
    void aCustomersAdminAddsMembersToItsOwnCustomerAlone() {
        UserId member = identity.creation.create(company, Identity.member("elena@acmecorp.example"));
        UserRow row = identity.accounts.get(company.scope(), member);
        assertThat(row.customerId()).isEqualTo(customer);
        assertThat(row.role()).isEqualTo(Role.MEMBER);
        assertThat(row.access()).isEqualTo(AccessLevel.LIMITED);
        assertThat(row.mustChangePassword()).as("a typed password is temporary").isTrue();

        CustomerId strangers = identity.customer();
        UserId stranger = identity.customerAdmin(tenant, strangers, "admin@other.example");
        refused("not_found", () -> identity.accounts.get(company.scope(), stranger));
        refused("not_found", () -> identity.accounts.remove(company, stranger, OptionalVersion.any()));
        refused(
                "invalid",
                () -> identity.creation.create(
                        company,
                        new UserForms.Creation("A", "B", "ab@x.example", null, null, strangers, null, null, null)));
        assertThat(identity.accounts
                        .list(company.scope(), Optional.empty(), false, Page.Request.first())
                        .items())
                .extracting(UserRow::userId)
                .containsExactlyInAnyOrder(member, admin);
        assertThat(identity.accounts
                        .list(company.scope(), Optional.of(strangers), false, Page.Request.first())
                        .items())
                .isEmpty();
    }

    @Test
    void aCustomersAdminNamesNoAdmins() {
        refused(
                "forbidden",
                () -> identity.creation.create(
                        company,
                        new UserForms.Creation(
                                "A", "B", "ab@x.example", null, Role.CUSTOMER_ADMIN, null, null, null, null)));
        refused(
                "forbidden",
                () -> identity.creation.create(
                        company,
                        new UserForms.Creation(
                                "A", "B", "ab@x.example", null, Role.STAFF, null, null, null, List.of("*"))));
        refused(
                "invalid",
                () -> identity.creation.create(
                        company,
                        new UserForms.Creation(
                                "A", "B", "ab@x.example", null, Role.PLATFORM_ADMIN, null, null, null, null)));
        UserId second = identity.creation.create(
                Identity.tenantAdmin(tenant),
                new UserForms.Creation(
                        "A", "B", "ab@x.example", null, Role.CUSTOMER_ADMIN, customer, null, null, null));
        refused("forbidden", () -> identity.accounts.setStatus(company, second, UserStatus.DISABLED));
        refused("forbidden", () -> identity.accounts.setStatus(company, admin, UserStatus.DISABLED));
    }

    @Test
    void nobodyGivesPermissionsThatTheyDoNotHave() {
        Caller weak = Identity.caller(tenant, Optional.empty(), "users:write", "threads:read", "permission-sets:write");
        refused(
                "forbidden",
                () -> identity.creation.create(
                        weak,
                        new UserForms.Creation("A", "B", "ab@x.example", null, null, customer, null, null, null)));
        refused("forbidden", () -> identity.sets.create(weak, new PermissionSets.Form("All", List.of("*"))));
        refused(
                "forbidden",
                () -> identity.sets.create(company, new PermissionSets.Form("Keys", List.of("api-keys:write"))));
    }

    @Test
    void aMemberWithASetMayWhatItSaysAndNoMoreThanTheAdmin() {
        PermissionSetId set = identity.sets.create(
                Identity.tenantAdmin(tenant),
                new PermissionSets.Form("Chats only", List.of("threads:*", "wallets:adjust")));
        UserId member = identity.creation.create(
                Identity.tenantAdmin(tenant),
                new UserForms.Creation(
                        "A", "B", "ab@x.example", Identity.PASSWORD, null, customer, AccessLevel.CUSTOM, set, null));
        String token = identity.signIn(tenant, "ab@x.example");
        identity.passwords.change(tenant, member, Identity.PASSWORD, "Brand-New-Word-9", token, Identity.ADDRESS);
        Caller caller = identity.caller(token);
        assertThat(caller.may("threads:write")).isTrue();
        assertThat(caller.may("wallets:adjust")).isFalse();
        refused(
                "permission_set_in_use",
                () -> identity.sets.delete(Identity.scope(tenant), set, OptionalVersion.any()));
    }

    @Test
    void thePlansSeatsAreNotExceededByManyAtOnce() throws Exception {
        identity.neighbours.seatLimit = (scope, id) -> OptionalInt.of(3);
        try {
            List<Callable<Boolean>> attempts = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String email = "m" + i + "@acmecorp.example";
                attempts.add(() -> {
                    try {
                        identity.creation.create(
                                company, new UserForms.Creation("A", "B", email, null, null, null, null, null, null));
                        return true;
                    } catch (ProblemException e) {
                        assertThat(e.problem().code().code()).isEqualTo("seat_limit_reached");
                        assertThat(e.problem().detail()).contains("3");
                        return false;
                    }
                });
            }
            ExecutorService threads = Executors.newFixedThreadPool(attempts.size());
            for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
                attempt.get();
            }
            threads.shutdown();
            assertThat(identity.users.count(Identity.scope(tenant), customer)).isEqualTo(3);
        } finally {
            identity.neighbours.seatLimit = null;
        }
    }

    @Test
    void aNewAddressCountsOnceItsLinkWasFollowed() {
        UserRow before = identity.accounts.get(Identity.scope(tenant), admin);
        identity.accounts.edit(
                Identity.tenantAdmin(tenant),
                admin,
                new OptionalVersion(OptionalLong.of(before.version())),
                new UserForms.Edit("Jonas", "Berg", "jonas@new.example", null, null, null));
        assertThat(identity.accounts.get(Identity.scope(tenant), admin).pendingEmail())
                .isEqualTo("jonas@new.example");
        refused("bad_credentials", () -> identity.signIn(tenant, "jonas@new.example"));
        String link = identity.link("email-change");
        refused(
                "not_found",
                () -> identity.passwords.setByLink(link, Optional.empty(), "Brand-New-Word-9", Identity.ADDRESS));
        List<String> told = new ArrayList<>();
        identity.neighbours.emailChanges = List.of((scope, id, user, email) -> told.add(email));
        identity.passwords.confirmEmail(link, Optional.of(tenant));
        identity.neighbours.emailChanges = List.of();
        assertThat(told).containsExactly("jonas@new.example");
        assertThat(identity.signIn(tenant, "jonas@new.example")).startsWith("bst_");
        refused("bad_credentials", () -> identity.signIn(tenant, "admin@acmecorp.example"));
        refused("link_ended", () -> identity.passwords.confirmEmail(link, Optional.empty()));
        refused(
                "stale",
                () -> identity.accounts.edit(
                        Identity.tenantAdmin(tenant),
                        admin,
                        new OptionalVersion(OptionalLong.of(before.version())),
                        new UserForms.Edit("Jo", "Berg", "jonas@new.example", null, null, null)));
    }

    @Test
    void aForgottenPasswordIsReplacedByAOneTimeLink() {
        String session = identity.signIn(tenant, "admin@acmecorp.example");
        int before = identity.mails.size();
        identity.passwords.askReset(tenant, "nobody@acmecorp.example", "192.0.2.55");
        identity.passwords.answerResets(tenant);
        assertThat(identity.mails).hasSize(before);
        identity.passwords.askReset(tenant, "ADMIN@acmecorp.example", "192.0.2.55");
        identity.passwords.answerResets(tenant);
        identity.passwords.answerResets(tenant);
        assertThat(identity.mails).hasSize(before + 1);
        String link = identity.link("password-reset");
        assertThat(identity.passwords.link(link, Optional.empty()).purpose()).isEqualTo(LinkPurpose.PASSWORD_RESET);
        refused(
                "not_found",
                () -> identity.passwords.setByLink(
                        link, Optional.of(identity.tenant()), "Brand-New-Word-9", Identity.ADDRESS));
        refused("invalid", () -> identity.passwords.setByLink(link, Optional.empty(), "weak", Identity.ADDRESS));
        identity.passwords.setByLink(link, Optional.empty(), "Brand-New-Word-9", Identity.ADDRESS);
        refused(
                "link_ended",
                () -> identity.passwords.setByLink(link, Optional.empty(), "Other-New-Word-9", Identity.ADDRESS));
        assertThat(identity.authenticator().authenticate(session, Optional.empty()))
                .isEmpty();
        assertThat(identity.sessions.begin(tenant, "admin@acmecorp.example", "Brand-New-Word-9", Identity.ADDRESS))
                .isNotNull();
    }

    @Test
    void aResetLinkEndsAfterAnHour() {
        identity.passwords.askReset(tenant, "admin@acmecorp.example", "192.0.2.56");
        identity.passwords.answerResets(tenant);
        String link = identity.link("password-reset");
        identity.clock.advance(Duration.ofHours(1).plusSeconds(1));
        refused(
                "link_ended",
                () -> identity.passwords.setByLink(link, Optional.empty(), "Brand-New-Word-9", Identity.ADDRESS));
    }

    @Test
    void twoWhoFollowOneLinkAtOnceSetOnePassword() throws Exception {
        identity.passwords.askReset(tenant, "admin@acmecorp.example", "192.0.2.57");
        identity.passwords.answerResets(tenant);
        String link = identity.link("password-reset");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String password = "Brand-New-Word-" + i;
            attempts.add(() -> {
                try {
                    identity.passwords.setByLink(link, Optional.empty(), password, Identity.ADDRESS);
                    return true;
                } catch (ProblemException e) {
                    return false;
                }
            });
        }
        int set = 0;
        for (Future<Boolean> attempt : threads.invokeAll(attempts)) {
            set += attempt.get() ? 1 : 0;
        }
        threads.shutdown();
        assertThat(set).isEqualTo(1);
    }

    @Test
    void theUsersOfAllCustomersAreCountedAsFarAsWasAsked() {
        identity.creation.create(company, Identity.member("elena@acmecorp.example"));
        CustomerId another = identity.customer();
        identity.customerAdmin(tenant, another, "admin@globex.example");
        identity.customerAdmin(identity.tenant(), identity.customer(), "admin@elsewhere.example");

        assertThat(identity.users.countOfCustomers(Identity.scope(tenant), 100)).isEqualTo(3);
        assertThat(identity.users.countOfCustomers(Identity.scope(tenant), 2)).isEqualTo(2);
        assertThat(identity.users.countOfCustomers(Identity.scope(tenant).only(another), 100))
                .isEqualTo(1);
        assertThat(identity.users.countOfCustomers(Identity.scope(identity.tenant()), 100))
                .isZero();
        identity.users.erase(Identity.scope(tenant), another);
        assertThat(identity.users.countOfCustomers(Identity.scope(tenant), 100)).isEqualTo(2);
    }

    @Test
    void erasureFreesTheAddressesAndEndsEverything() {
        String token = identity.signIn(tenant, "admin@acmecorp.example");
        identity.users.erase(Identity.scope(tenant), customer);
        assertThat(identity.authenticator().authenticate(token, Optional.empty()))
                .isEmpty();
        assertThat(identity.users.count(Identity.scope(tenant), customer)).isZero();
        assertThat(identity.customerAdmin(tenant, identity.customer(), "admin@acmecorp.example"))
                .isNotNull();
    }

    @Test
    void anOwnerWhoIsAPlatformUserAlreadyBecomesAMemberToo() {
        String email = "mara" + tenant.uuid() + "@harborlight.example";
        org.bursar.kernel.Scope platform = org.bursar.kernel.Scope.platform(org.bursar.kernel.Actor.system("test"));
        UserId first = identity.users.createTenantOwner(platform, tenant, Identity.person(email));
        TenantId second = identity.tenant();
        assertThat(identity.users.createTenantOwner(platform, second, Identity.person(email.toUpperCase())))
                .isEqualTo(first);
        assertThat(identity.accounts.tenantsOf(identity.accounts.get(platform, first)))
                .containsExactlyInAnyOrder(tenant.toString(), second.toString());
        assertThat(identity.accounts
                        .list(Identity.scope(second), Optional.empty(), true, Page.Request.first())
                        .items())
                .extracting(UserRow::userId)
                .containsExactly(first);
        refused(
                "last_admin",
                () -> identity.accounts.remove(Identity.tenantAdmin(second), first, OptionalVersion.any()));
        identity.users.createTenantOwner(platform, second, Identity.person("other" + email));
        identity.accounts.remove(Identity.tenantAdmin(second), first, OptionalVersion.any());
        refused("not_found", () -> identity.accounts.get(Identity.scope(second), first));
        assertThat(identity.accounts.get(Identity.scope(tenant), first).email()).isEqualTo(email);
    }

    @Test
    void existingTellsWhichUsersAreTheCustomers() {
        UserId stranger = identity.customerAdmin(tenant, identity.customer(), "admin@other.example");
        assertThat(identity.users.existing(
                        Identity.scope(tenant), customer, Set.of(admin, stranger, UserId.next(identity.clock))))
                .containsExactly(admin);
    }
}

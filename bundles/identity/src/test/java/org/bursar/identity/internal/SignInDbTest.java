package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.bursar.identity.internal.Refusals.refused;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.identity.NewUser;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.rest.Caller;
import org.bursar.rest.RestProblems;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInDbTest {
    private static final String EMAIL = "Admin@AcmeCorp.example";

    private static Identity identity;

    private TenantId tenant;
    private CustomerId customer;
    private UserId admin;

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
        admin = identity.customerAdmin(tenant, customer, EMAIL);
    }

    @Test
    void aUserSignsInWhateverTheCaseOfTheAddressAndSeesItsCustomerAlone() {
        Caller caller = identity.caller(identity.signIn(tenant, "ADMIN@acmecorp.EXAMPLE"));
        assertThat(caller.tenant()).contains(tenant);
        assertThat(caller.customers()).contains(Set.of(customer));
        assertThat(caller.user()).contains(admin);
        assertThat(caller.may("users:write")).isTrue();
        assertThat(caller.may("wallets:adjust")).isFalse();
        assertThat(caller.platformAdmin()).isFalse();
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressHaveTheSameAnswer() {
        ProblemException wrong = (ProblemException)
                catchThrowable(() -> identity.sessions.begin(tenant, EMAIL, "Wrong-Password-1", Identity.ADDRESS));
        ProblemException unknown = (ProblemException) catchThrowable(
                () -> identity.sessions.begin(tenant, "nobody@acmecorp.example", "Wrong-Password-1", Identity.ADDRESS));
        assertThat(wrong.problem()).isEqualTo(unknown.problem());
        assertThat(wrong.problem().code().status()).isEqualTo(401);
        assertThat(wrong.problem().code().code()).isEqualTo("bad_credentials");
    }

    @Test
    void whatIsNoAddressIsNobodys() {
        for (String email : List.of("\0", "x".repeat(10_000), "' or 1=1 --", "a@b\n", "\ud800")) {
            refused("bad_credentials", () -> identity.sessions.begin(tenant, email, "Wrong-Guess-1", "192.0.2.200"));
        }
    }

    @Test
    void theUserOfOneTenantIsUnknownInAnother() {
        refused("bad_credentials", () -> identity.signIn(identity.tenant(), EMAIL));
    }

    @Test
    void aTokenIsRefusedForAnotherTenantAndWhenItIsAltered() {
        String token = identity.signIn(tenant, EMAIL);
        TokenAuthenticator authenticator = identity.authenticator();
        assertThat(authenticator.authenticate(token, Optional.of(tenant))).isPresent();
        refused("not_found", () -> authenticator.authenticate(token, Optional.of(identity.tenant())));
        char last = token.charAt(token.length() - 1);
        String altered = token.substring(0, token.length() - 1) + (last == '0' ? '1' : '0');
        assertThat(authenticator.authenticate(altered, Optional.empty())).isEmpty();
        String moved = Token.next(Token.Kind.SESSION, tenant).text();
        assertThat(authenticator.authenticate(moved, Optional.empty())).isEmpty();
    }

    @Test
    void anEndedSessionStopsAtOnceOnItsNode() {
        String token = identity.signIn(tenant, EMAIL);
        TokenAuthenticator authenticator = identity.authenticator();
        Caller caller = authenticator.authenticate(token, Optional.empty()).orElseThrow();
        identity.sessions.end(caller.scope(), admin, token);
        assertThat(authenticator.authenticate(token, Optional.empty())).isEmpty();
    }

    @Test
    void anotherNodeNoticesWithinASecond() throws InterruptedException {
        String token = identity.signIn(tenant, EMAIL);
        TokenAuthenticator other = identity.otherNode();
        Caller caller = other.authenticate(token, Optional.empty()).orElseThrow();
        identity.sessions.end(caller.scope(), admin, token);
        assertThat(other.authenticate(token, Optional.empty()))
                .as("still believed")
                .isPresent();
        Thread.sleep(1_050);
        assertThat(other.authenticate(token, Optional.empty())).isEmpty();
    }

    @Test
    void sessionsOfACustomerEndTogether() {
        String token = identity.signIn(tenant, EMAIL);
        TokenAuthenticator authenticator = identity.authenticator();
        assertThat(authenticator.authenticate(token, Optional.empty())).isPresent();
        identity.users.endSessions(Identity.scope(tenant), customer);
        assertThat(authenticator.authenticate(token, Optional.empty())).isEmpty();
    }

    @Test
    void aSessionThatIsUsedGoesOnButNotForEver() {
        String token = identity.signIn(tenant, EMAIL);
        for (int hours = 0; hours < 13 * 24; hours += 10) {
            identity.clock.advance(Duration.ofHours(10));
            assertThat(identity.otherNode().authenticate(token, Optional.empty()))
                    .isPresent();
        }
        identity.clock.advance(Duration.ofHours(11));
        assertThat(identity.otherNode().authenticate(token, Optional.empty())).isPresent();
        identity.clock.advance(Duration.ofHours(11));
        assertThat(identity.otherNode().authenticate(token, Optional.empty()))
                .as("after 14 days")
                .isEmpty();
    }

    @Test
    void anUnusedSessionExpires() {
        String token = identity.signIn(tenant, EMAIL);
        identity.clock.advance(Duration.ofHours(12).plusSeconds(1));
        assertThat(identity.authenticator().authenticate(token, Optional.empty()))
                .isEmpty();
    }

    @Test
    void guessingIsSlowedDownAndTheOwnerStillGetsIn() {
        for (int i = 0; i < 11; i++) {
            refused("bad_credentials", () -> identity.sessions.begin(tenant, EMAIL, "Wrong-Guess-1", "198.51.100.1"));
        }
        ProblemException throttled = (ProblemException)
                catchThrowable(() -> identity.sessions.begin(tenant, EMAIL, "Wrong-Guess-1", "198.51.100.1"));
        assertThat(throttled.problem().code().status()).isEqualTo(429);
        assertThat(throttled.problem().extensions().get("retryAfter")).isEqualTo(1L);
        // the owner elsewhere notices nothing, and even at the guesser's address waits a moment only
        assertThat(identity.signIn(tenant, EMAIL)).startsWith("bst_");
        identity.clock.advance(Duration.ofSeconds(1));
        assertThat(identity.sessions.begin(tenant, EMAIL, Identity.PASSWORD, "198.51.100.1"))
                .isNotNull();
    }

    @Test
    void aDistributedAttackDoesNotKeepTheOwnerOutWhoHasSignedInBefore() {
        identity.signIn(tenant, EMAIL);
        for (int i = 0; i < 51; i++) {
            String address = "198.51.100." + i;
            refused("bad_credentials", () -> identity.sessions.begin(tenant, EMAIL, "Wrong-Guess-1", address));
        }
        refused("too_many_requests", () -> identity.sessions.begin(tenant, EMAIL, "Wrong-Guess-1", "192.0.2.1"));
        assertThat(identity.signIn(tenant, EMAIL)).startsWith("bst_");
    }

    @Test
    void aTemporaryPasswordMustBeChangedBeforeAnythingElse() {
        UserId member = identity.users.createCustomerAdmin(
                Identity.scope(tenant),
                customer,
                new NewUser("/admin", "Tom", "Adeyemi", "tom@acmecorp.example", Optional.of(Identity.PASSWORD), true));
        String token = identity.signIn(tenant, "tom@acmecorp.example");
        String other = identity.signIn(tenant, "tom@acmecorp.example");
        assertThat(identity.caller(token).permissions()).isEmpty();
        assertThat(identity.caller(token).refusal("users:write").problem().code())
                .isEqualTo(RestProblems.PASSWORD_CHANGE_REQUIRED);
        refused(
                "invalid",
                () -> identity.passwords.change(
                        tenant, member, "Not-This-One-1", "Brand-New-Word-9", token, Identity.ADDRESS));
        identity.passwords.change(tenant, member, Identity.PASSWORD, "Brand-New-Word-9", token, Identity.ADDRESS);
        assertThat(identity.caller(token).may("users:write")).isTrue();
        assertThat(identity.caller(token).refusal("tenants:write").problem().code())
                .isEqualTo(Problems.FORBIDDEN);
        assertThat(identity.authenticator().authenticate(other, Optional.empty()))
                .as("others end")
                .isEmpty();
        refused("bad_credentials", () -> identity.signIn(tenant, "tom@acmecorp.example"));
    }

    @Test
    void aDisabledUserReachesTheDashboardAlone() {
        UserId member = identity.creation.create(
                Identity.caller(tenant, Optional.of(Set.of(customer)), "*"), Identity.member("elena@acmecorp.example"));
        identity.accounts.setStatus(Identity.tenantAdmin(tenant), admin, UserStatus.DISABLED);
        Caller caller = identity.caller(identity.signIn(tenant, EMAIL));
        assertThat(caller.may("threads:read")).isTrue();
        assertThat(caller.may("threads:write")).isFalse();
        assertThat(caller.may("users:read")).isFalse();
        assertThat(identity.users.disabled(Identity.scope(tenant), Set.of(admin, member)))
                .containsExactly(admin);
    }

    @Test
    void whyAnAccountIsClosedIsToldOnlyToWhoKnowsThePassword() {
        identity.neighbours.signInRule =
                (scope, id) -> Optional.of(new ProblemCode("account_inactive", 403, "Inactive", "Closed.", "Ask"));
        try {
            refused("bad_credentials", () -> identity.sessions.begin(tenant, EMAIL, "Wrong-Guess-1", "192.0.2.9"));
            refused("account_inactive", () -> identity.signIn(tenant, EMAIL));
        } finally {
            identity.neighbours.signInRule = null;
        }
    }

    @Test
    void aPlatformUserHasPermissionsWhereItIsAMember() {
        TenantId other = identity.tenant();
        String email = "mara" + tenant.uuid() + "@harborlight.example";
        identity.users.createTenantOwner(
                org.bursar.kernel.Scope.platform(org.bursar.kernel.Actor.system("test")),
                tenant,
                Identity.person(email));
        String token = identity.signIn(org.bursar.kernel.Scope.PLATFORM, email);
        TokenAuthenticator authenticator = identity.authenticator();
        Caller owner = authenticator.authenticate(token, Optional.of(tenant)).orElseThrow();
        assertThat(owner.may("wallets:adjust")).isTrue();
        assertThat(owner.platformAdmin()).isFalse();
        assertThat(authenticator
                        .authenticate(token, Optional.empty())
                        .orElseThrow()
                        .permissions())
                .isEmpty();
        refused("not_found", () -> authenticator.authenticate(token, Optional.of(other)));
        refused("not_found", () -> authenticator.authenticate(token, Optional.of(org.bursar.kernel.Scope.PLATFORM)));
    }
}

package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.identity.internal.Refusals.refused;

import java.util.List;
import java.util.Optional;
import org.bursar.identity.NewUser;
import org.bursar.identity.internal.sql.UserMapper;
import org.bursar.kernel.Actor;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account that somebody prepared for another's address opens nothing to who prepared it. */
class PreparedAccountsDbTest {
    private static final Scope PLATFORM = Scope.platform(Actor.system("test"));
    private static final String THIEFS = "Known-To-Thief-5";
    private static final String OWN = "Brand-New-Word-9";
    private static Identity identity;

    private TenantId first;
    private TenantId second;
    private String email;

    @BeforeAll
    static void open() {
        identity = new Identity();
    }

    @AfterAll
    static void close() {
        identity.close();
    }

    @BeforeEach
    void twoTenants() {
        first = identity.tenant();
        second = identity.tenant();
        email = "mara" + first.uuid() + "@harborlight.example";
    }

    private UserId staff(TenantId tenant) {
        return identity.creation.create(Identity.tenantAdmin(tenant), form(null));
    }

    private UserForms.Creation form(@org.jspecify.annotations.Nullable String password) {
        return new UserForms.Creation(
                "Mara", "Lind", email, password, Role.STAFF, null, null, null, List.of("threads:read"));
    }

    /** As if the one who made the account had found a way to set its password. */
    private void thiefSetsPassword(UserId user) {
        UserMapper mapper = identity.database.mapper("identity", UserMapper.class);
        identity.database.run(PLATFORM, () -> mapper.setPassword(Scope.PLATFORM, user, identity.hashes.hash(THIEFS)));
    }

    private String signIn(String password) {
        return identity.sessions
                .begin(Scope.PLATFORM, email, password, Identity.ADDRESS)
                .token();
    }

    private boolean open(String token) {
        return identity.otherNode().authenticate(token, Optional.empty()).isPresent();
    }

    @Test
    void aTenantTypesNoPasswordForItsStaff() {
        try {
            identity.creation.create(Identity.tenantAdmin(first), form(Identity.PASSWORD));
            throw new AssertionError("created");
        } catch (ProblemException e) {
            assertThat(e.problem().errors()).singleElement().satisfies(error -> {
                assertThat(error.pointer()).isEqualTo("/password");
                assertThat(error.code()).hasToString("not_here");
            });
        }
    }

    @Test
    void anOwnerWhoseAccountWasPreparedSignsInWithTheGivenPasswordAlone() {
        UserId user = staff(first);
        String oldLink = identity.link("welcome");
        thiefSetsPassword(user);
        String thief = signIn(THIEFS);
        assertThat(open(thief)).isTrue();

        identity.users.createTenantOwner(PLATFORM, second, Identity.person(email));
        assertThat(open(thief)).isFalse();
        refused("bad_credentials", () -> signIn(THIEFS));
        refused("link_ended", () -> identity.passwords.setByLink(oldLink, Optional.empty(), THIEFS, Identity.ADDRESS));
        String owner = signIn(Identity.PASSWORD);
        assertThat(open(owner)).isTrue();
        // and the first tenant does not take it away again
        staff(first);
        assertThat(open(owner)).isTrue();
        assertThat(signIn(Identity.PASSWORD)).isNotEmpty();
    }

    @Test
    void anOwnerWithoutAGivenPasswordChoosesOneByANewLink() {
        UserId user = staff(first);
        thiefSetsPassword(user);
        identity.users.createTenantOwner(
                PLATFORM, second, new NewUser("/admin", "Mara", "Lind", email, Optional.empty(), false));
        refused("bad_credentials", () -> signIn(THIEFS));
        identity.passwords.setByLink(identity.link("welcome"), Optional.empty(), OWN, Identity.ADDRESS);
        assertThat(signIn(OWN)).isNotEmpty();
    }

    @Test
    void staffAddedElsewhereStartAfreshUntilTheyHaveProvedTheirAddress() {
        UserId user = staff(first);
        thiefSetsPassword(user);
        String thief = signIn(THIEFS);
        assertThat(staff(second)).isEqualTo(user);
        assertThat(open(thief)).isFalse();
        refused("bad_credentials", () -> signIn(THIEFS));

        identity.passwords.setByLink(identity.link("welcome"), Optional.empty(), OWN, Identity.ADDRESS);
        String session = signIn(OWN);
        int mails = identity.mails.size();
        staff(identity.tenant());
        identity.users.createTenantOwner(PLATFORM, identity.tenant(), Identity.person(email));
        assertThat(open(session))
                .as("who has proved the address keeps everything")
                .isTrue();
        assertThat(signIn(OWN)).isNotEmpty();
        refused("bad_credentials", () -> signIn(Identity.PASSWORD));
        assertThat(identity.mails.subList(mails, identity.mails.size()))
                .extracting(mail -> mail.kind())
                .containsExactly("membership", "membership");
    }

    @Test
    void anOwnerOfThePlatformsMakingKeepsItsPasswordWhenAddedElsewhere() {
        identity.users.createTenantOwner(PLATFORM, first, Identity.person(email));
        String session = signIn(Identity.PASSWORD);
        staff(second);
        assertThat(open(session)).isTrue();
        assertThat(signIn(Identity.PASSWORD)).isNotEmpty();
    }

    @Test
    void aPlatformAdminWhoseAddressATenantNamesKeepsItsPassword() {
        identity.creation.create(
                Identity.platformAdmin(),
                new UserForms.Creation(
                        "P", "A", email, Identity.PASSWORD, Role.PLATFORM_ADMIN, null, null, null, null));
        staff(first);
        assertThat(signIn(Identity.PASSWORD)).isNotEmpty();
    }
}

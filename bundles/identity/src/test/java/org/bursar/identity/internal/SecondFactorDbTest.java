package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.identity.IdentityProblems;
import org.bursar.identity.internal.Sessions.Begun;
import org.bursar.identity.internal.Sessions.From;
import org.bursar.identity.internal.sql.FactorMapper;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.rest.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecondFactorDbTest {
    private static final String EMAIL = "admin@acmecorp.example";
    private static final From FROM = new From(Identity.ADDRESS, "A browser");

    private static Identity identity;

    private TenantId tenant;
    private CustomerId customer;
    private UserId user;

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
        user = identity.customerAdmin(tenant, customer, EMAIL);
        identity.clock.advance(Duration.ofSeconds(90));
    }

    private byte[] key() {
        FactorMapper mapper = identity.database.mapper("identity", FactorMapper.class);
        byte[] sealed = identity.database
                .transact(Identity.scope(tenant), () -> mapper.get(tenant, user))
                .orElseThrow()
                .sealed();
        return identity.test.secrets().open(tenant, "identity.second-factor." + user.uuid(), sealed);
    }

    private String code() {
        return Totp.code(key(), Totp.step(identity.clock.instant()), Totp.DIGITS);
    }

    private List<String> enabled() {
        identity.secondFactor.begin(tenant, user, Identity.PASSWORD, Identity.ADDRESS);
        List<String> codes = identity.secondFactor.confirm(tenant, user, code());
        identity.clock.advance(Duration.ofSeconds(30));
        return codes;
    }

    private String challenge() {
        ProblemException refusal = catchThrowableOfType(
                ProblemException.class, () -> identity.sessions.begin(tenant, EMAIL, Identity.PASSWORD, FROM));
        assertThat(refusal.problem().code()).isEqualTo(IdentityProblems.SECOND_FACTOR_REQUIRED);
        return String.valueOf(refusal.problem().extensions().get("challenge"));
    }

    private Begun goOn(String challenge, String code) {
        return identity.sessions.goOn(tenant, challenge, code, FROM);
    }

    private void refused(String challenge, String code) {
        assertThatThrownBy(() -> goOn(challenge, code))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(IdentityProblems.BAD_CODE));
    }

    @Test
    void untilItIsConfirmedNoCodeIsAsked() {
        identity.secondFactor.begin(tenant, user, Identity.PASSWORD, Identity.ADDRESS);
        assertThat(identity.signIn(tenant, EMAIL)).startsWith("bst_");
        assertThatThrownBy(() -> identity.secondFactor.confirm(tenant, user, "000000"))
                .isInstanceOf(ProblemException.class);
        assertThat(identity.secondFactor.state(tenant, user).enabled()).isFalse();
    }

    @Test
    void aCodeOpensOnceAndNoneBeforeItAfterwards() {
        enabled();
        String before = Totp.code(key(), Totp.step(identity.clock.instant()) - 1, Totp.DIGITS);
        String challenge = challenge();
        String code = code();
        refused(challenge, code.equals("123456") ? "654321" : "123456");
        Begun begun = goOn(challenge, code);
        assertThat(identity.caller(begun.token()).user()).contains(user);
        refused(challenge(), code);
        refused(challenge(), before);
        identity.clock.advance(Duration.ofSeconds(30));
        assertThat(goOn(challenge(), code()).token()).startsWith("bst_");
    }

    @Test
    void aCodeCountsInItsHalfMinuteTheOneBeforeAndTheOneAfterAlone() {
        enabled();
        identity.clock.advance(Duration.ofMinutes(5));
        long step = Totp.step(identity.clock.instant());
        refused(challenge(), Totp.code(key(), step - 2, Totp.DIGITS));
        refused(challenge(), Totp.code(key(), step + 2, Totp.DIGITS));
        for (long near = step - 1; near <= step + 1; near++) {
            assertThat(goOn(challenge(), Totp.code(key(), near, Totp.DIGITS)).token())
                    .startsWith("bst_");
        }
    }

    @Test
    void theWrongPasswordIsNotToldThatThereIsASecondStep() {
        enabled();
        assertThatThrownBy(() -> identity.sessions.begin(tenant, EMAIL, "not the password", FROM))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(IdentityProblems.BAD_CREDENTIALS));
    }

    @Test
    void aRecoveryCodeOpensOnceHoweverItIsTyped() {
        List<String> codes = enabled();
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        assertThat(goOn(challenge(), " " + codes.get(3).toUpperCase(java.util.Locale.ROOT) + " ")
                        .token())
                .startsWith("bst_");
        refused(challenge(), codes.get(3));
        assertThat(identity.secondFactor.state(tenant, user).recoveryCodes()).isEqualTo(9);
    }

    @Test
    void aChallengeEndsWithItsTimeAndWithThePasswordAndIsOneTenants() {
        enabled();
        String old = challenge();
        identity.clock.advance(Duration.ofMinutes(6));
        refused(old, code());
        String challenge = challenge();
        assertThatThrownBy(() -> identity.sessions.goOn(identity.tenant(), challenge, code(), FROM))
                .isInstanceOf(ProblemException.class);
        refused("x" + challenge, code());
        refused("", code());
        identity.passwords.change(tenant, user, Identity.PASSWORD, "Another-Harbor-9", "bst_none", Identity.ADDRESS);
        refused(challenge, code());
    }

    @Test
    void whoGuessesWaits() {
        enabled();
        String challenge = challenge();
        for (int i = 0; i < 6; i++) {
            refused(challenge, "00000x");
        }
        assertThatThrownBy(() -> goOn(challenge, code()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(Problems.TOO_MANY_REQUESTS));
        identity.clock.advance(Duration.ofSeconds(3));
        assertThat(goOn(challenge, code()).token()).startsWith("bst_");
    }

    @Test
    void turningItOnAndOffAsksForThePassword() {
        assertThatThrownBy(() -> identity.secondFactor.begin(tenant, user, "guess", Identity.ADDRESS))
                .isInstanceOf(ProblemException.class);
        enabled();
        assertThatThrownBy(() -> identity.secondFactor.remove(tenant, user, "guess", Identity.ADDRESS))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> identity.secondFactor.begin(tenant, user, Identity.PASSWORD, Identity.ADDRESS))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(IdentityProblems.SECOND_FACTOR_ON));
        identity.secondFactor.remove(tenant, user, Identity.PASSWORD, Identity.ADDRESS);
        assertThat(identity.signIn(tenant, EMAIL)).startsWith("bst_");
    }

    @Test
    void anAdminResetsItAndTheSessionsEnd() {
        enabled();
        String token = goOn(challenge(), code()).token();
        Caller stranger = Identity.caller(tenant, Optional.of(Set.of(identity.customer())), "users:write");
        assertThatThrownBy(() -> identity.accounts.resetSecondFactor(stranger, user))
                .isInstanceOf(ProblemException.class);
        identity.accounts.resetSecondFactor(Identity.tenantAdmin(tenant), user);
        assertThat(identity.otherNode().authenticate(token, Optional.empty())).isEmpty();
        assertThat(identity.signIn(tenant, EMAIL)).startsWith("bst_");
    }

    @Test
    void sessionsAreListedAndEndedByTheirUserAlone() {
        String one =
                identity.sessions.begin(tenant, EMAIL, Identity.PASSWORD, FROM).token();
        String two = identity.signIn(tenant, EMAIL);
        List<Sessions.Shown> shown =
                identity.sessions.list(tenant, user, one, Page.Request.first()).items();
        assertThat(shown).hasSize(2);
        Page<Sessions.Shown> latest = identity.sessions.list(tenant, user, one, new Page.Request(1, null));
        Page<Sessions.Shown> rest = identity.sessions.list(tenant, user, one, new Page.Request(1, latest.next()));
        assertThat(List.of(latest.items().get(0), rest.items().get(0))).isEqualTo(shown);
        assertThat(rest.next()).isNull();
        Sessions.Shown own =
                shown.stream().filter(Sessions.Shown::current).findFirst().orElseThrow();
        assertThat(own.agent()).isEqualTo("A browser");
        assertThat(own.address()).isEqualTo(Identity.ADDRESS);
        Sessions.Shown other =
                shown.stream().filter(session -> !session.current()).findFirst().orElseThrow();
        UserId neighbour = identity.customerAdmin(tenant, identity.customer(), "other@acmecorp.example");
        Caller caller = identity.caller(one);
        assertThatThrownBy(() -> identity.sessions.end(caller.actor(), tenant, neighbour, other.id()))
                .isInstanceOf(ProblemException.class);
        identity.sessions.end(caller.actor(), tenant, user, other.id());
        assertThat(identity.otherNode().authenticate(two, Optional.empty())).isEmpty();
        String three = identity.signIn(tenant, EMAIL);
        identity.sessions.endOthers(caller.actor(), tenant, user, one);
        assertThat(identity.otherNode().authenticate(three, Optional.empty())).isEmpty();
        assertThat(identity.otherNode().authenticate(one, Optional.empty())).isPresent();
    }

    /** An open page that listens does not keep a session from ending. */
    @Test
    void watchingASessionIsNoUseOfIt() {
        String token = identity.signIn(tenant, EMAIL);
        for (int hour = 0; hour < 13; hour++) {
            identity.clock.advance(Duration.ofMinutes(59));
            identity.otherNode().watch(token, Optional.empty());
        }
        assertThat(identity.otherNode().watch(token, Optional.empty())).isEmpty();
        assertThat(identity.otherNode().authenticate(token, Optional.empty())).isEmpty();
    }

    @Test
    void theKeyIsSealedForItsUser() {
        enabled();
        assertThat(new String(key(), StandardCharsets.ISO_8859_1)).hasSize(20);
        UserId other = identity.customerAdmin(tenant, customer, "second@acmecorp.example");
        FactorMapper mapper = identity.database.mapper("identity", FactorMapper.class);
        byte[] sealed = identity.database
                .transact(Identity.scope(tenant), () -> mapper.get(tenant, user))
                .orElseThrow()
                .sealed();
        assertThatThrownBy(() -> identity.test.secrets().open(tenant, "identity.second-factor." + other.uuid(), sealed))
                .isInstanceOf(IllegalStateException.class);
    }
}

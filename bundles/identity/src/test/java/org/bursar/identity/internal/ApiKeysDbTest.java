package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.identity.internal.Refusals.refused;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.identity.internal.ApiKeys.Created;
import org.bursar.identity.internal.ApiKeys.Creation;
import org.bursar.identity.internal.sql.KeyMapper;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiKeysDbTest {
    private static Identity identity;

    private TenantId tenant;
    private Caller admin;

    @BeforeAll
    static void open() {
        identity = new Identity();
    }

    @AfterAll
    static void close() {
        identity.close();
    }

    @BeforeEach
    void aTenant() {
        tenant = identity.tenant();
        admin = Identity.tenantAdmin(tenant);
    }

    @Test
    void aKeyWorksInItsTenantUntilItIsRevokedAndThenAtOnceNoMore() {
        Created created = identity.apiKeys.create(admin, new Creation("voice app", List.of("*"), null));
        TokenAuthenticator authenticator = identity.authenticator();
        Caller caller =
                authenticator.authenticate(created.secret(), Optional.empty()).orElseThrow();
        assertThat(caller.tenant()).contains(tenant);
        assertThat(caller.may("wallets:adjust")).isTrue();
        assertThat(caller.platformAdmin()).as("nothing of the platform").isFalse();
        refused("not_found", () -> authenticator.authenticate(created.secret(), Optional.of(identity.tenant())));
        identity.apiKeys.revoke(admin.scope(), created.id(), OptionalVersion.any());
        assertThat(authenticator.authenticate(created.secret(), Optional.empty()))
                .isEmpty();
        identity.apiKeys.revoke(admin.scope(), created.id(), OptionalVersion.any());
        assertThat(identity.apiKeys.get(admin.scope(), created.id()).revokedAt())
                .isNotNull();
    }

    @Test
    void aSuspendedTenantsKeysReadAndPayAndSayWhyTheyDoNothingElse() {
        Created all = identity.apiKeys.create(admin, new Creation("voice app", List.of("*"), null));
        Created reading = identity.apiKeys.create(admin, new Creation("reader", List.of("plans:*"), null));
        assertThat(identity.caller(all.secret()).may("plans:write")).isTrue();
        identity.suspend(tenant);
        Caller caller = identity.caller(all.secret());
        assertThat(caller.may("customers:read")).isTrue();
        assertThat(caller.may("reports:profitability")).isTrue();
        assertThat(caller.may("purchases:write")).isTrue();
        assertThat(caller.may("usage:write")).as("what is in flight is counted").isTrue();
        for (String closed : List.of("plans:write", "users:write", "customers:write", "wallets:adjust", "*")) {
            assertThat(caller.may(closed)).as(closed).isFalse();
            assertThat(caller.refusal(closed).problem().code()).isEqualTo(Problems.TENANT_SUSPENDED);
        }
        Caller reader = identity.caller(reading.secret());
        assertThat(reader.may("plans:read")).isTrue();
        assertThat(reader.may("customers:read")).as("never had").isFalse();
        assertThat(reader.refusal("users:write").problem().code()).isEqualTo(Problems.FORBIDDEN);
    }

    @Test
    void thePlatformsKeyWorksInASuspendedTenant() {
        Created platform =
                identity.apiKeys.create(Identity.platformAdmin(), new Creation("operations", List.of("*"), null));
        identity.suspend(tenant);
        Caller inside = identity.authenticator()
                .authenticate(platform.secret(), Optional.of(tenant))
                .orElseThrow();
        assertThat(inside.may("plans:write")).isTrue();
    }

    @Test
    void theDatabaseHoldsNothingThatOpensADoor() {
        Created created = identity.apiKeys.create(admin, new Creation("voice app", List.of("*"), null));
        String row = identity.apiKeys.get(admin.scope(), created.id()).toString();
        assertThat(row).doesNotContain(created.secret().substring(34));
        assertThat(created.toString()).doesNotContain(created.secret());
    }

    @Test
    void anotherTenantsKeyIsNotThere() {
        Created created = identity.apiKeys.create(admin, new Creation("voice app", List.of("*"), null));
        Caller stranger = Identity.tenantAdmin(identity.tenant());
        refused("not_found", () -> identity.apiKeys.get(stranger.scope(), created.id()));
        refused("not_found", () -> identity.apiKeys.revoke(stranger.scope(), created.id(), OptionalVersion.any()));
        assertThat(identity.apiKeys.list(stranger.scope(), Page.Request.first()).items())
                .isEmpty();
    }

    @Test
    void aKeyOfOneCustomerSeesItAlone() {
        CustomerId customer = identity.customer();
        identity.customerAdmin(tenant, customer, "admin@acmecorp.example");
        refused("invalid", () -> identity.apiKeys.create(admin, new Creation("x", List.of("*"), identity.customer())));
        Created created = identity.apiKeys.create(admin, new Creation("x", List.of("threads:*"), customer));
        Caller caller = identity.caller(created.secret());
        assertThat(caller.customers()).contains(Set.of(customer));
        assertThat(caller.may("threads:write")).isTrue();
        assertThat(caller.may("wallets:read")).isFalse();
    }

    @Test
    void aKeyOfOneCustomerMayNothingOfTheTenants() {
        CustomerId customer = identity.customer();
        identity.customerAdmin(tenant, customer, "admin@acmecorp.example");
        try {
            identity.apiKeys.create(
                    admin, new Creation("x", List.of("usage:write", "wallets:adjust", "plans:*"), customer));
            throw new AssertionError("created");
        } catch (ProblemException e) {
            assertThat(e.problem().errors())
                    .extracting(error -> error.pointer())
                    .containsExactly("/permissions/1", "/permissions/2");
        }
        Caller everything = identity.caller(identity.apiKeys
                .create(admin, new Creation("x", List.of("*"), customer))
                .secret());
        assertThat(everything.may("holds:write")).isTrue();
        assertThat(everything.may("usage:write")).isTrue();
        assertThat(everything.may("wallets:read")).isTrue();
        assertThat(everything.may("wallets:adjust")).isFalse();
        assertThat(everything.may("api-keys:write")).isFalse();
        assertThat(everything.may("plans:write")).isFalse();
    }

    @Test
    void keysAndSessionsOfACustomerEndWithItsAccount() {
        CustomerId customer = identity.customer();
        identity.customerAdmin(tenant, customer, "admin@acmecorp.example");
        String key = identity.apiKeys
                .create(admin, new Creation("x", List.of("usage:write"), customer))
                .secret();
        String own = identity.apiKeys
                .create(admin, new Creation("y", List.of("*"), null))
                .secret();
        String session = identity.signIn(tenant, "admin@acmecorp.example");
        identity.neighbours.signInRule = (scope, asked) -> asked.equals(customer)
                ? Optional.of(new ProblemCode("account_inactive", 403, "Inactive", "Closed.", "Reactivate it."))
                : Optional.empty();
        try {
            assertThat(identity.otherNode().authenticate(key, Optional.empty())).isEmpty();
            assertThat(identity.otherNode().authenticate(session, Optional.empty()))
                    .isEmpty();
            assertThat(identity.otherNode().authenticate(own, Optional.empty())).isPresent();
        } finally {
            identity.neighbours.signInRule = null;
        }
        assertThat(identity.otherNode().authenticate(key, Optional.empty())).isPresent();
        assertThat(identity.otherNode().authenticate(session, Optional.empty())).isPresent();
    }

    @Test
    void aKeyGivesNoMoreThanItsMakerHasAndKnowsItsWords() {
        Caller weak = Identity.caller(tenant, Optional.empty(), "api-keys:write", "threads:*");
        refused("forbidden", () -> identity.apiKeys.create(weak, new Creation("x", List.of("*"), null)));
        refused("forbidden", () -> identity.apiKeys.create(weak, new Creation("x", List.of("wallets:read"), null)));
        assertThat(identity.apiKeys.create(weak, new Creation("x", List.of("threads:read"), null)))
                .isNotNull();
        refused("invalid", () -> identity.apiKeys.create(admin, new Creation("x", List.of("walets:read"), null)));
        refused("invalid", () -> identity.apiKeys.create(admin, new Creation("x", List.of("tenants:write"), null)));
        refused("invalid", () -> identity.apiKeys.create(admin, new Creation(" ", List.of(), null)));
        refused("invalid", () -> identity.apiKeys.create(admin, null));
    }

    @Test
    void aPlatformKeyIsThePlatforms() {
        Created created = identity.apiKeys.create(
                Identity.platformAdmin(), new Creation("metrics", List.of("metrics:read"), null));
        Caller caller = identity.caller(created.secret());
        assertThat(caller.tenant()).isEmpty();
        assertThat(caller.may("metrics:read")).isTrue();
        assertThat(caller.may("tenants:read")).isFalse();
        Caller inTenant = identity.authenticator()
                .authenticate(created.secret(), Optional.of(tenant))
                .orElseThrow();
        assertThat(inTenant.may("wallets:read")).isFalse();
    }

    @Test
    void noiseIsRefusedWithoutAskingTheDatabase() {
        try (Identity closed = new Identity()) {
            TokenAuthenticator authenticator = closed.authenticator();
            closed.close();
            assertThat(authenticator.authenticate("", Optional.empty())).isEmpty();
            assertThat(authenticator.authenticate("bsk_", Optional.empty())).isEmpty();
            assertThat(authenticator.authenticate("x".repeat(10_000), Optional.empty()))
                    .isEmpty();
            assertThat(authenticator.authenticate("bsk_" + "0".repeat(65), Optional.empty()))
                    .isEmpty();
        }
    }

    @Test
    void listsGoOnAtTheirCursor() {
        for (int i = 0; i < 5; i++) {
            identity.clock.advance(java.time.Duration.ofMillis(2));
            identity.apiKeys.create(admin, new Creation("key " + i, List.of("*"), null));
        }
        Page<KeyMapper.KeyRow> first = identity.apiKeys.list(admin.scope(), new Page.Request(3, null));
        Page<KeyMapper.KeyRow> second = identity.apiKeys.list(admin.scope(), new Page.Request(3, first.next()));
        assertThat(first.items()).hasSize(3);
        assertThat(second.items()).hasSize(2).doesNotContainAnyElementsOf(first.items());
        assertThat(second.next()).isNull();
        refused("invalid", () -> identity.apiKeys.list(admin.scope(), new Page.Request(3, "nonsense")));
    }
}

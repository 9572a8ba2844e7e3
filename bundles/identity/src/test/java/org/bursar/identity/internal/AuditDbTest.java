package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.identity.internal.sql.AuditMapper;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditDbTest {
    private static Identity identity;

    private TenantId tenant;
    private Scope scope;

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
        scope = Identity.scope(tenant);
    }

    /** Entries of one millisecond have no order among them. */
    private static void later() {
        identity.clock.advance(Duration.ofMillis(1));
    }

    private List<AuditEntry> entries(Scope seen) {
        return identity.audit
                .list(seen, Optional.empty(), Optional.empty(), Page.Request.first())
                .items();
    }

    @Test
    void statesOfACustomerAreUnreadableOnceItIsErased() {
        CustomerId customer = identity.customer();
        Map<String, String> before = Map.of("email", "old@acmecorp.example");
        Map<String, String> after = Map.of("email", "new@acmecorp.example");
        identity.audit.record(scope, "customer.update", customer.toString(), Optional.of(customer), before, after);
        AuditEntry entry = entries(scope).get(0);
        assertThat(entry.before().orElseThrow().path("email").asText()).isEqualTo("old@acmecorp.example");
        assertThat(entry.after().orElseThrow().path("email").asText()).isEqualTo("new@acmecorp.example");
        assertThat(stored()).doesNotContain("acmecorp");

        later();
        identity.users.erase(scope, customer);
        AuditEntry erased = entries(scope).get(0);
        assertThat(erased.erased()).isTrue();
        assertThat(erased.before()).isEmpty();
        assertThat(erased.after()).isEmpty();
        assertThat(erased.action()).isEqualTo("customer.update");
        later();
        identity.audit.record(scope, "customer.touch", customer.toString(), Optional.of(customer), null, after);
        assertThat(entries(scope).get(0).after()).as("no key comes back").isEmpty();
    }

    /** The tenant's rows as the database has them. */
    private String stored() {
        return identity.database.transact(
                scope,
                () -> identity.database
                        .mapper("identity", AuditMapper.class)
                        .list(tenant, null, null, null, 100)
                        .toString());
    }

    @Test
    void aPersonsNameGoesWithThePerson() {
        CustomerId customer = identity.customer();
        UserId user = identity.customerAdmin(tenant, customer, "admin@acmecorp.example");
        later();
        Scope theirs = Scope.of(tenant, new Actor(Actor.Kind.USER, user.toString(), "Jonas Berg"));
        identity.audit.record(theirs, "thing.do", "thing", Optional.empty(), null, null);
        assertThat(entries(scope).get(0).actorName()).contains("Jonas Berg");
        identity.users.erase(scope, customer);
        assertThat(entries(scope).get(0).actorName()).isEmpty();
        assertThat(stored()).doesNotContain("Jonas");
    }

    @Test
    void entriesAreSeenByTheirTenantAndCustomerAlone() {
        CustomerId mine = identity.customer();
        CustomerId other = identity.customer();
        identity.audit.record(scope, "a", "x", Optional.of(mine), null, null);
        later();
        identity.audit.record(scope, "b", "y", Optional.of(other), null, null);
        later();
        identity.audit.record(scope.only(mine), "c", "z", Optional.empty(), null, null);
        assertThat(entries(scope)).extracting(AuditEntry::action).containsExactly("c", "b", "a");
        assertThat(entries(scope.only(mine))).extracting(AuditEntry::action).containsExactly("a");
        assertThat(entries(Identity.scope(identity.tenant()))).isEmpty();
        assertThat(identity.audit
                        .list(scope, Optional.of("y"), Optional.empty(), Page.Request.first())
                        .items())
                .extracting(AuditEntry::action)
                .containsExactly("b");
    }

    @Test
    void theApplicationCannotChangeWhatWasWritten() {
        identity.audit.record(scope, "a", "x", Optional.empty(), null, Map.of("n", 1));
        for (String sql : List.of(
                "update identity.audit_entry set action = 'b'",
                "delete from identity.audit_entry",
                "update identity.audit_chain set seq = seq",
                "delete from identity.customer_key")) {
            assertThatThrownBy(() -> {
                        try (var connection = TestPostgres.connectAsApplication(identity.test.address());
                                var statement = connection.createStatement()) {
                            statement.execute(sql);
                        }
                    })
                    .as(sql)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void theChainShowsAnEntryThatWasEditedOrRemoved() {
        for (int i = 0; i < 3; i++) {
            identity.audit.record(scope, "a" + i, "x", Optional.empty(), null, Map.of("n", i));
        }
        identity.chain.extend(tenant);
        identity.audit.record(scope, "a3", "x", Optional.empty(), null, null);
        assertThat(identity.chain.fault(tenant)).as("with one that waits").isEmpty();
        identity.chain.extend(tenant);
        assertThat(identity.chain.fault(tenant)).isEmpty();

        asOwner("update identity.audit_entry set subject = 'y' where action = 'a1'");
        assertThat(identity.chain.fault(tenant))
                .hasValueSatisfying(text -> assertThat(text).contains("not as it was written"));
        asOwner("update identity.audit_entry set subject = 'x' where action = 'a1'");
        assertThat(identity.chain.fault(tenant)).isEmpty();
        asOwner("delete from identity.audit_entry where action = 'a2'");
        assertThat(identity.chain.fault(tenant))
                .hasValueSatisfying(text -> assertThat(text).contains("is missing"));
    }

    /** What somebody with the owner's password could do. */
    private void asOwner(String sql) {
        identity.test.executeAsOwner("set app.tenant = '" + tenant.uuid() + "'; " + sql);
    }

    @Test
    void anEntryWithoutItsWriteIsNotKept() {
        assertThatThrownBy(() -> identity.database.run(scope, () -> {
                    identity.audit.record(scope, "a", "x", Optional.empty(), null, null);
                    throw new IllegalStateException("the write failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(entries(scope)).isEmpty();
    }
}

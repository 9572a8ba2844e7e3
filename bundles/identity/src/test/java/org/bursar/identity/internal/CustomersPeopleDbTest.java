package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.identity.internal.Refusals.refused;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.identity.KnownCustomers;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PermissionSetId;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.rest.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a customer's admin does with the people of its own customer. */
class CustomersPeopleDbTest {
    private static Identity identity;

    private TenantId tenant;
    private CustomerId customer;
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
        identity.customerAdmin(tenant, customer, "admin@acmecorp.example");
        company = identity.caller(identity.signIn(tenant, "admin@acmecorp.example"));
    }

    @Test
    void aCustomerThatIsRefusedNewUsersGetsNone() {
        identity.neighbours.knownCustomers = new KnownCustomers() {
            @Override
            public boolean exists(Scope scope, CustomerId asked) {
                return true;
            }

            @Override
            public Set<CustomerId> subAccounts(Scope scope, CustomerId parent) {
                return Set.of();
            }

            @Override
            public Optional<ProblemCode> refusesNewUsers(Scope scope, CustomerId asked) {
                return asked.equals(customer)
                        ? Optional.of(new ProblemCode("account_suspended", 403, "Suspended", "Closed.", "Pay."))
                        : Optional.empty();
            }
        };
        try {
            refused(
                    "account_suspended",
                    () -> identity.creation.create(company, Identity.member("elena@acmecorp.example")));
        } finally {
            identity.neighbours.knownCustomers = null;
        }
        assertThat(identity.users.count(Identity.scope(tenant), customer)).isEqualTo(1);
        assertThat(identity.creation.create(company, Identity.member("elena@acmecorp.example")))
                .isNotNull();
    }

    @Test
    void aCustomersAdminGivesTheTenantsSetsAndChangesThemNot() {
        Caller all = Identity.tenantAdmin(tenant);
        PermissionSetId tenants =
                identity.sets.create(all, new PermissionSets.Form("Chats only", List.of("threads:*")));
        PermissionSetId own = identity.sets.create(company, new PermissionSets.Form("Own", List.of("threads:*")));
        PermissionSetId strangers = identity.sets.create(
                Identity.caller(tenant, Optional.of(Set.of(identity.customer())), "*"),
                new PermissionSets.Form("Strangers", List.of("threads:*")));
        assertThat(identity.sets.list(company.scope(), Page.Request.first()).items())
                .extracting(row -> row.permissionSetId())
                .containsExactlyInAnyOrder(tenants, own);
        refused("not_found", () -> identity.sets.get(company.scope(), strangers));
        refused(
                "forbidden",
                () -> identity.sets.edit(
                        company, tenants, OptionalVersion.any(), new PermissionSets.Form("X", List.of("users:*"))));
        refused("forbidden", () -> identity.sets.delete(company.scope(), tenants, OptionalVersion.any()));
        UserId member = identity.creation.create(
                company,
                new UserForms.Creation(
                        "A", "B", "ab@x.example", Identity.PASSWORD, null, null, AccessLevel.CUSTOM, tenants, null));
        assertThat(identity.accounts.get(company.scope(), member).permissionSetId())
                .isEqualTo(tenants);
        identity.accounts.setStatus(company, member, UserStatus.DISABLED);
    }
}

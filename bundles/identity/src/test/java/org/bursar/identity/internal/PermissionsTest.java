package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bursar.identity.internal.Refusals.refused;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.kernel.Checks;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Caller;
import org.junit.jupiter.api.Test;

class PermissionsTest {
    private static Caller with(String... permissions) {
        return Identity.caller(new TenantId(new java.util.UUID(1, 1)), Optional.empty(), permissions);
    }

    @Test
    void aGroupCoversItsPermissionsAndNotTheOtherWayRound() {
        Permissions.requireGrantable(with("threads:*"), List.of("threads:read", "threads:write", "threads:*"));
        refused("forbidden", () -> Permissions.requireGrantable(with("threads:read"), List.of("threads:*")));
        refused("forbidden", () -> Permissions.requireGrantable(with("threads:*"), List.of("*")));
        Permissions.requireGrantable(with("*"), List.of("*", "threads:*"));
    }

    @Test
    void withinKeepsWhatBothCover() {
        assertThat(Permissions.within(Set.of("*"), Set.of("a:read", "b:*"))).containsExactlyInAnyOrder("a:read", "b:*");
        assertThat(Permissions.within(Set.of("a:*", "c:read"), Set.of("a:read", "b:*")))
                .containsExactly("a:read");
        assertThat(Permissions.within(Set.of("b:read"), Set.of("a:read", "b:*")))
                .containsExactly("b:read");
        assertThat(Permissions.within(Set.of(), Set.of("a:read"))).isEmpty();
    }

    @Test
    void readingOnlyReads() {
        assertThat(Permissions.READ_ONLY)
                .allMatch(permission -> permission.endsWith(":read"))
                .contains("threads:read");
        assertThat(Permissions.within(Permissions.FULL, Permissions.CUSTOMER_ADMIN))
                .isEqualTo(Permissions.FULL);
        assertThat(Permissions.CUSTOMER_ADMIN)
                .doesNotContain("*", "wallets:adjust", "purchases:approve", "api-keys:write", "customers:write");
    }

    @Test
    void aListOfPermissionsIsSortedAndKnown() {
        Checks checks = new Checks();
        assertThat(Permissions.checked(
                        checks, "/permissions", List.of("threads:read", "customers:read", "threads:read"), false))
                .containsExactly("customers:read", "threads:read");
        Permissions.checked(checks, "/permissions", List.of("tenants:read"), true);
        checks.done();
        Permissions.checked(checks, "/permissions", List.of("customers:read", "nonsense"), false);
        refused("invalid", checks::done);
    }
}

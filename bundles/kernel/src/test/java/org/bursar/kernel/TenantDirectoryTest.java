package org.bursar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TenantDirectoryTest {
    private static final List<TenantId> TENANTS =
            List.of(new TenantId(new UUID(1, 1)), new TenantId(new UUID(1, 2)), new TenantId(new UUID(1, 3)));

    private final TenantDirectory directory = new TenantDirectory() {
        @Override
        public Optional<TenantId> bySlug(String slug) {
            return Optional.empty();
        }

        @Override
        public Optional<TenantId> byHost(String host) {
            return Optional.empty();
        }

        @Override
        public boolean exists(TenantId tenant) {
            return true;
        }

        @Override
        public List<TenantId> all() {
            return TENANTS;
        }
    };

    @Test
    void everyTenantHasItsTurnAndWhatFailedIsThrownInTheEnd() {
        List<TenantId> had = new ArrayList<>();
        assertThatThrownBy(() -> directory.each(tenant -> {
                    had.add(tenant);
                    if (!tenant.equals(TENANTS.get(1))) {
                        throw new IllegalStateException("turn " + had.size());
                    }
                }))
                .hasMessage("turn 1")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(had).isEqualTo(TENANTS);
        directory.each(had::remove);
        assertThat(had).isEmpty();
    }
}

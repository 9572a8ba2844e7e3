package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bursar.credits.internal.Books.posting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The job takes every tenant's turn, whatever becomes of another's. */
final class LedgerSealingDbTest {
    private static TestDatabase postgres;

    private final Books broken = new Books(postgres);
    private final Books sound = new Books(postgres);

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private TenantDirectory tenants() {
        return new TenantDirectory() {
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
                return all().contains(tenant);
            }

            @Override
            public List<TenantId> all() {
                return List.of(broken.scope.tenant(), sound.scope.tenant());
            }
        };
    }

    private static int seals(Books books) {
        return new SealBooks(postgres, books)
                .ledger
                .list(books.scope, Page.Request.first())
                .items()
                .size();
    }

    @Test
    void everyTenantsTurnIsTaken() {
        for (Books books : List.of(broken, sound)) {
            CustomerId customer = books.customer();
            for (String amount : List.of("5", "-1", "-1")) {
                books.post(posting(customer, amount, UUID.randomUUID(), false));
            }
        }
        broken.asOwner("delete from credits.entry where seq = 2");
        LedgerSealing job = new LedgerSealing(tenants(), new SealBooks(postgres, sound).sealer);
        assertThat(job.every()).isLessThanOrEqualTo(Duration.ofSeconds(30));
        assertThatThrownBy(job::run)
                .hasMessageContaining("has gaps")
                .hasMessageContaining(broken.scope.tenant().toString());
        assertThat(seals(sound)).isEqualTo(1);
        assertThat(seals(broken)).isEqualTo(1);
        assertThatThrownBy(job::run).hasMessageContaining("has gaps");
        assertThat(seals(sound)).isEqualTo(1);
    }
}

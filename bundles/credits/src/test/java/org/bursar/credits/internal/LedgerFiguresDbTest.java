package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Figure;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the figures say of a ledger, before and after it was proven. */
final class LedgerFiguresDbTest {
    private static TestDatabase postgres;

    private final Books books = new Books(postgres);
    private final TenantDirectory tenants = new TenantDirectory() {
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
            return tenant.equals(books.scope.tenant());
        }

        @Override
        public List<TenantId> all() {
            return List.of(books.scope.tenant());
        }
    };
    private final LedgerProof proof =
            new LedgerProof(books.database, tenants, books.walk, new SealBooks(postgres, books).ledger, books.clock);

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private Map<String, Double> figures() {
        return new LedgerFigures(books.database, tenants, books.clock)
                .read().stream().collect(Collectors.toMap(Figure::name, Figure::value));
    }

    @Test
    void entriesAndOpenHoldsAreCounted() {
        CustomerId customer = books.customerWith("50");
        books.customerWith("7");
        books.hold(customer, "5", 600);
        assertThat(figures())
                .containsEntry("bursar_ledger_wallets", 2.0)
                .containsEntry("bursar_ledger_entries", 2.0)
                .containsEntry("bursar_ledger_holds_open", 1.0)
                .containsEntry("bursar_ledger_tenants_unproven", 1.0)
                .doesNotContainKey("bursar_ledger_proof_age_seconds");
    }

    @Test
    void aProofIsRememberedWithItsAgeAndWhatItFound() {
        CustomerId customer = books.customerWith("50");
        proof.run();
        books.clock.advance(Duration.ofHours(3));
        assertThat(figures())
                .containsEntry("bursar_ledger_tenants_unproven", 0.0)
                .containsEntry("bursar_ledger_faults", 0.0)
                .containsEntry("bursar_ledger_proof_age_seconds", 10_800.0);
        books.asOwner("update credits.wallet set balance = 49 where wallet_id = '" + customer.uuid() + "'");
        proof.run();
        assertThat(figures())
                .containsEntry("bursar_ledger_faults", 1.0)
                .containsEntry("bursar_ledger_proof_age_seconds", 0.0);
    }
}

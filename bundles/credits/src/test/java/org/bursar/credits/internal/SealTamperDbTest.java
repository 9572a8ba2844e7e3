package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bursar.credits.internal.Books.posting;

import java.util.List;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may do everything in the database changes something that was sealed, and is found. */
final class SealTamperDbTest {
    private static TestDatabase postgres;

    private final Books books = new Books(postgres);
    private final SealBooks seals = new SealBooks(postgres, books);
    private CustomerId acme;
    private CustomerId bolt;

    @BeforeAll
    static void start() {
        postgres = TestDatabase.fresh();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private void post(CustomerId customer, String amount) {
        books.post(posting(customer, amount, UUID.randomUUID(), false));
    }

    @BeforeEach
    void threeSeals() {
        acme = books.customer();
        bolt = books.customer();
        post(acme, "500");
        post(bolt, "20");
        post(acme, "-8.5");
        seals.seal();
        post(acme, "-1");
        post(acme, "-2");
        seals.seal();
        post(bolt, "-1");
        seals.seal();
        assertThat(seals.faults()).isEmpty();
    }

    private void asOwner(String sql) {
        books.asOwner(sql.replace("$entry", "wallet_id = '" + acme.uuid() + "' and seq = 3")
                .replace("$tenant", "'" + books.scope.tenant().uuid() + "'")
                .replace("$acme", "'" + acme.uuid() + "'")
                .replace("$bolt", "'" + bolt.uuid() + "'"));
    }

    @Test
    void everyColumnOfAnEntryIsKnown() {
        // a new column belongs into the leaf, which then has a new version
        assertThat(postgres.queryAsOwner("""
                select string_agg(column_name, ' ' order by ordinal_position) from information_schema.columns
                 where table_schema = 'credits' and table_name = 'entry'
                """))
                .isEqualTo("tenant_id wallet_id seq amount balance_after contra kind reference reason idempotency_key"
                        + " created_at");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount = -1.000001",
                "amount = 1",
                "balance_after = balance_after + 0.000001",
                "contra = contra + 1",
                "kind = kind + 1",
                "reference = 'ref_2'",
                "reference = null",
                "reason = 'another'",
                "idempotency_key = gen_random_uuid()",
                "created_at = created_at + interval '1 microsecond'"
            })
    void aChangedEntryIsNamed(String change) {
        asOwner("update credits.entry set " + change + " where $entry");
        assertThat(seals.faults()).containsExactly(acme + " entry 3 is not what seal 2 has sealed");
        assertThat(SealBooks.verified(seals.export()))
                .anyMatch(fault -> fault.contains("wallet " + acme + ", entry 3: is not what was sealed"))
                .anyMatch(fault -> fault.contains("are not those of seal 2"));
        assertThatThrownBy(() -> seals.ledger.proof(books.scope, acme, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("entry 3 of " + acme);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update credits.entry set wallet_id = $bolt, seq = 99 where $entry",
                "update credits.entry set seq = 99 where $entry",
                "delete from credits.entry where $entry",
                """
                alter table credits.wallet no force row level security;
                alter table credits.entry no force row level security;
                insert into credits.wallet (tenant_id, wallet_id, unit, created_at)
                values ('00000000-0000-7000-9000-000000000009', $acme, 'USD', '2026-01-01');
                update credits.entry set tenant_id = '00000000-0000-7000-9000-000000000009' where $entry;
                alter table credits.wallet force row level security;
                alter table credits.entry force row level security"""
            })
    void anEntryThatIsGoneIsNamed(String change) {
        asOwner(change);
        assertThat(seals.faults()).containsExactly(acme + " entry 3 is missing, and seal 2 has sealed it");
        assertThat(SealBooks.verified(seals.export()))
                .anyMatch(fault -> fault.contains("seal 2 seals 2 entries, and 1 are there"));
    }

    @Test
    void twoEntriesThatChangedPlacesAreNamed() {
        asOwner("""
                update credits.entry set seq = 99 where $entry;
                update credits.entry set seq = 3 where wallet_id = $acme and seq = 4;
                update credits.entry set seq = 4 where wallet_id = $acme and seq = 99""");
        assertThat(seals.faults())
                .containsExactly(
                        acme + " entry 3 is not what seal 2 has sealed",
                        acme + " entry 4 is not what seal 2 has sealed");
    }

    private void expect(String sql, String... faults) {
        asOwner(sql);
        List<String> found = seals.faults();
        for (String fault : faults) {
            assertThat(found).anyMatch(each -> each.contains(fault));
        }
        assertThat(found).hasSize(faults.length);
    }

    @Test
    void whoeverChangesTheKeptHashTooIsFoundByTheRoot() {
        asOwner("update credits.entry set kind = 9 where $entry");
        // the hash that the changed entry has, put in the place of the one that was kept
        String hash = seals.export().stream()
                .filter(line -> line.contains("\"wallet\":\"" + acme + "\",\"seq\":3,"))
                .findFirst()
                .orElseThrow();
        String leaf = new SealForger(hash, books.scope.tenant().toString()).leafHash();
        expect(
                "update credits.seal set leaves = decode('" + leaf + "', 'hex') || substring(leaves from 33)"
                        + " where number = 2",
                "the hashes that are kept of seal 2 do not give its root");
    }

    @Test
    void aChangedRootIsFound() {
        expect(
                "update credits.seal set root = decode(repeat('ab', 32), 'hex') where number = 2",
                "the signature of seal 2 is wrong",
                "the hashes that are kept of seal 2 do not give its root",
                "seal 3 names another seal before it");
    }

    @Test
    void aChangedTimeIsFound() {
        expect(
                "update credits.seal set sealed_at = sealed_at - interval '1 day' where number = 3",
                "the signature of seal 3 is wrong");
    }

    @Test
    void aMissingSealIsFound() {
        expect(
                "delete from credits.seal_part where number = 2; delete from credits.seal where number = 2",
                "the seal before seal 3 is missing",
                "seal 3 begins with entry 6 of the ledger, which is not the next",
                acme + " what is sealed of it is at entry 4 where entry 2 must be");
    }

    @Test
    void partsThatWereMovedAreFound() {
        expect(
                "update credits.seal_part set to_seq = 3 where wallet_id = $acme and number = 2",
                "the parts of seal 2 have 1 entries of 2",
                acme + " what is sealed of it is at entry 4 where entry 3 must be");
    }

    @Test
    void aWalletThatIsMarkedAsSealedTooFarIsFound() {
        expect(
                "update credits.sealed_wallet set sealed_seq = 7 where wallet_id = $bolt",
                bolt + " what is sealed of it is at entry 7 where entry 2 must be");
    }

    @Test
    void theApplicationItselfCannotChangeWhatIsSealed() {
        for (String statement : List.of(
                "update credits.seal set entries = entries",
                "delete from credits.seal",
                "update credits.seal_part set number = number",
                "delete from credits.seal_part",
                "delete from credits.sealed_wallet",
                "update credits.seal_key set key_id = key_id",
                "delete from credits.seal_key",
                "delete from credits.sealing")) {
            assertThatThrownBy(() -> {
                        try (java.sql.Connection connection =
                                        org.bursar.testing.TestPostgres.connectAsApplication(postgres.address());
                                java.sql.Statement sql = connection.createStatement()) {
                            sql.execute(statement);
                        }
                    })
                    .as(statement)
                    .hasMessageContaining("permission denied");
        }
    }
}

package org.bursar.credits.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bursar.credits.internal.Books.posting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.bursar.credits.Adjustment;
import org.bursar.credits.EntryProof;
import org.bursar.credits.LedgerSeal;
import org.bursar.database.internal.PooledDatabase;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.ledger.LeafHashes;
import org.bursar.ledger.LedgerCheck;
import org.bursar.ledger.Reasons;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is sealed and what can be shown with it. */
final class SealedLedgerDbTest {
    private static TestDatabase postgres;

    private final Books books = new Books(postgres);
    private final SealBooks seals = new SealBooks(postgres, books);
    private final CustomerId acme = books.customer();
    private final CustomerId bolt = books.customer();

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

    /** Entries without the service, as if they had been there before seals were. */
    private void debits(CustomerId customer, int from, int to) {
        books.asOwner("""
                insert into credits.entry (tenant_id, wallet_id, seq, amount, balance_after, contra, kind, reference,
                                           idempotency_key, created_at)
                select '%1$s', '%2$s', n, -1, -n, 2, 2, 'ref_' || n, gen_random_uuid(),
                       '2026-01-01'::timestamptz + n * interval '1 ms'
                  from generate_series(%3$d, %4$d) n;
                update credits.wallet set last_seq = %4$d, balance = -%4$d where wallet_id = '%2$s'
                """.formatted(books.scope.tenant().uuid(), customer.uuid(), from, to));
    }

    private List<LedgerSeal> all() {
        return seals.ledger.list(books.scope, new Page.Request(200, null)).items();
    }

    /** By the rules of RFC 9162 and with what the answer has, nothing else. */
    private static void holds(EntryProof proof) {
        byte[] leaf = LeafHashes.leaf(proof.leaf().getBytes(StandardCharsets.UTF_8));
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(leaf)).isEqualTo(proof.leafHash());
        List<byte[]> path = proof.path().stream().map(hex::parseHex).toList();
        assertThat(LeafHashes.root(leaf, proof.index(), proof.seal().entries(), path)
                        .map(hex::formatHex))
                .contains(proof.seal().root());
        assertThat(proof.seal().text()).contains("\nroot " + proof.seal().root() + "\n");
        assertThat(signed(proof.seal())).isTrue();
    }

    private static boolean signed(LedgerSeal seal) {
        try {
            java.security.Signature signature = java.security.Signature.getInstance("Ed25519");
            signature.initVerify(java.security.KeyFactory.getInstance("Ed25519")
                    .generatePublic(new java.security.spec.X509EncodedKeySpec(
                            Base64.getDecoder().decode(seal.publicKey()))));
            signature.update(seal.text().getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(seal.signature()));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyEntryHasAProof() throws Exception {
        post(acme, "500");
        post(bolt, "20");
        post(acme, "-8.5");
        assertThat(seals.seal()).isEqualTo(3);
        post(acme, "-0.000001");
        post(bolt, "-1");
        assertThat(seals.seal()).isEqualTo(2);
        assertThat(all()).extracting(LedgerSeal::number).containsExactly(2L, 1L);
        assertThat(all()).extracting(LedgerSeal::firstEntry).containsExactly(4L, 1L);
        for (CustomerId customer : List.of(acme, bolt)) {
            for (long seq = 1; seq <= (customer.equals(acme) ? 3 : 2); seq++) {
                EntryProof proof = seals.ledger.proof(books.scope, customer, seq);
                holds(proof);
                assertThat(proof.leaf())
                        .contains("\ntenant " + books.scope.tenant() + "\n", "\nwallet " + customer + "\nseq " + seq);
            }
        }
        LedgerSeal first = seals.ledger.get(books.scope, 1);
        assertThat(first.previous()).isEqualTo("0".repeat(64));
        assertThat(first.hash())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(first.text().getBytes(StandardCharsets.UTF_8))));
        assertThat(seals.ledger.get(books.scope, 2).previous()).isEqualTo(first.hash());
        assertThat(seals.faults()).isEmpty();
    }

    @Test
    void whatIsNotSealedYetSaysSo() {
        post(acme, "500");
        assertThatThrownBy(() -> seals.ledger.proof(books.scope, acme, 1))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code().code()).isEqualTo("not_sealed_yet");
                    assertThat(e.problem().extensions()).containsEntry("retryAfter", 30);
                });
        assertThatThrownBy(() -> seals.ledger.proof(books.scope, acme, 2)).hasMessageContaining("not_found");
        assertThatThrownBy(() -> seals.ledger.get(books.scope, 1)).hasMessageContaining("not_found");
        seals.seal();
        post(acme, "-1");
        holds(seals.ledger.proof(books.scope, acme, 1));
        assertThatThrownBy(() -> seals.ledger.proof(books.scope, acme, 2)).hasMessageContaining("not_sealed_yet");
    }

    @Test
    void aCustomersOwnCallersProveTheirEntriesAndSeeNothingElse() {
        post(acme, "500");
        post(bolt, "20");
        seals.seal();
        Scope own = books.scope.only(acme);
        EntryProof proof = seals.ledger.proof(own, acme, 1);
        holds(proof);
        assertThat(proof.path()).hasSize(1);
        assertThat(proof.toString()).doesNotContain(bolt.toString());
        assertThatThrownBy(() -> seals.ledger.proof(own, bolt, 1)).hasMessageContaining("not_found");
        assertThatThrownBy(() -> seals.ledger.list(own, Page.Request.first())).hasMessageContaining("forbidden");
        assertThatThrownBy(() -> seals.ledger.get(own, 1)).hasMessageContaining("forbidden");
        assertThatThrownBy(() -> seals.ledger.export(own)).hasMessageContaining("forbidden");
        assertThatThrownBy(() -> seals.ledger.check(own)).hasMessageContaining("forbidden");
        assertThatThrownBy(() -> seals.ledger.newKey(books.scope)).hasMessageContaining("forbidden");
    }

    @Test
    void aReasonIsProvenByItsSaltAndNotToldByTheLeaf() {
        Adjustment goodwill =
                new Adjustment(Adjustment.Operation.ADD, new java.math.BigDecimal("5"), "goodwill for Ms Okafor");
        books.wallets.adjust(books.scope, acme, goodwill, UUID.randomUUID());
        post(acme, "-1");
        seals.seal();
        EntryProof proof = seals.ledger.proof(books.scope, acme, 1);
        holds(proof);
        assertThat(proof.leaf())
                .contains("\nreason " + Reasons.hash(proof.reasonSalt(), "goodwill for Ms Okafor") + "\n")
                .doesNotContain("Okafor");
        assertThat(seals.ledger.proof(books.scope, acme, 2).reasonSalt()).isNull();
    }

    @Test
    void aTurnWithNothingNewWritesNothing() {
        post(acme, "500");
        seals.seal();
        assertThat(seals.seal()).isZero();
        assertThat(seals.sealer.run(books.scope).next()).isFalse();
        assertThat(all()).hasSize(1);
    }

    @Test
    void moreThanABatchIsSealedByMoreThanOneSeal() {
        debits(acme, 1, 7_000);
        debits(bolt, 1, 7_001);
        assertThat(seals.seal()).isEqualTo(14_001);
        assertThat(all()).extracting(LedgerSeal::entries).containsExactly(4_001, 10_000);
        for (long seq : new long[] {1, 2_999, 3_000, 3_001, 7_000}) {
            holds(seals.ledger.proof(books.scope, acme, seq));
            holds(seals.ledger.proof(books.scope, bolt, seq));
        }
        assertThat(seals.faults()).isEmpty();
        assertThat(SealBooks.verified(seals.export())).isEmpty();
    }

    @Test
    void aMissingEntryStopsItsWalletAndNoOther() {
        debits(acme, 1, 12_000);
        debits(bolt, 1, 3);
        books.asOwner("delete from credits.entry where wallet_id = '" + acme.uuid() + "' and seq = 5");
        Sealer.Run turn = seals.sealer.run(books.scope);
        while (turn.next()) {
            // until nothing is left
        }
        assertThat(turn.sealed()).isEqualTo(7);
        assertThatThrownBy(turn::end)
                .hasMessageContaining("entry 5 of " + acme)
                .hasMessageContaining(books.scope.tenant().toString());
        holds(seals.ledger.proof(books.scope, bolt, 3));
        holds(seals.ledger.proof(books.scope, acme, 4));
        assertThatThrownBy(() -> seals.ledger.proof(books.scope, acme, 6)).hasMessageContaining("not_sealed_yet");
    }

    @Test
    void theKeyIsMadeOnceAndANewOneSignsFromThenOn() {
        try (Node node = new Node(postgres)) {
            SealBooks other = new SealBooks(postgres, node.database, books);
            assertThat(other.keys.current().id()).isEqualTo(seals.keys.current().id());
            post(acme, "500");
            seals.seal();
            String fresh = other.ledger.newKey(Scope.platform(Actor.system("test")));
            post(acme, "-1");
            seals.seal();
            assertThat(all()).extracting(LedgerSeal::publicKey).first().isEqualTo(fresh);
            assertThat(all()).extracting(LedgerSeal::keyId).doesNotHaveDuplicates();
        }
        holds(seals.ledger.proof(books.scope, acme, 1));
        holds(seals.ledger.proof(books.scope, acme, 2));
        assertThat(seals.faults()).isEmpty();
        assertThat(SealBooks.verified(seals.export())).isEmpty();
        // the beginning of a private key in its PKCS#8 form
        String plain = "select count(*) from credits.seal_key where encode(private_key, 'hex') like '302e0201%'";
        assertThat(SealBooks.count(postgres, Scope.PLATFORM, plain)).isZero();
    }

    /** A second node's connections. */
    static final class Node implements AutoCloseable {
        final PooledDatabase database;

        Node(TestDatabase postgres) {
            database = new PooledDatabase(postgres.address(), 4, 5_000);
        }

        @Override
        public void close() {
            database.close();
        }
    }

    /** The program as people run it, on a file. */
    private static int verifier(Path file) throws Exception {
        Path jar = Path.of(LedgerCheck.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path output = file.resolveSibling("verifier.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        jar.toString(),
                        "org.bursar.ledger.internal.VerifyLedger",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    @Test
    void theOfflineVerifierAgreesUntilAByteIsChanged() throws Exception {
        post(acme, "500");
        Adjustment goodwill = new Adjustment(
                Adjustment.Operation.ADD, new java.math.BigDecimal("5"), "for \"June\"\n\u2014 see\tmail \\ 7");
        books.wallets.adjust(books.scope, bolt, goodwill, UUID.randomUUID());
        debits(books.customer(), 1, 1_200);
        seals.seal();
        post(acme, "-8.5");
        seals.seal();
        post(acme, "-1"); // not sealed, and so not in the export
        List<String> lines = seals.export();
        int keys = (int) SealBooks.count(postgres, Scope.PLATFORM, "select count(*) from credits.seal_key");
        assertThat(lines).hasSize(1 + keys + 2 + 1_203 + 1);
        assertThat(SealBooks.verified(lines)).isEmpty();
        Path file = TestDatabase.folder("export").resolve("export.ndjson");
        write(file, lines);
        assertThat(verifier(file)).isZero();
        List<String> changed = new ArrayList<>(lines);
        int entry = lines.size() / 2;
        changed.set(entry, lines.get(entry).replaceFirst("\"kind\":2", "\"kind\":3"));
        write(file, changed);
        assertThat(verifier(file)).isEqualTo(1);
        assertThat(Files.readString(file.resolveSibling("verifier.txt")))
                .containsPattern("wallet cus_\\w+, entry \\d+: is not what was sealed");
    }

    @Test
    void anEmptyLedgerIsExportedToo() {
        assertThat(SealBooks.verified(seals.export())).isEmpty();
        assertThat(seals.faults()).isEmpty();
        assertThat(all()).isEmpty();
    }
}

package org.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class SealedEntryTest {
    private static final SealedEntry ENTRY = entry("ref_1", null);

    private static SealedEntry entry(String reference, String reasonHash) {
        return new SealedEntry(
                Export.TENANT,
                Export.ACME,
                3,
                new BigDecimal("-8.5"),
                new BigDecimal("491.500001"),
                2,
                1,
                reference,
                reasonHash,
                new UUID(1, 2),
                Instant.parse("2026-11-21T10:00:00.000001Z"));
    }

    @Test
    void theTextIsThis() {
        assertThat(ENTRY.text()).isEqualTo("""
                bursar ledger entry 1
                tenant ten_01h2xcejqtf2nbrexx3vqjhp41
                wallet cus_01h2xcejqtf2nbrexx3vqjhp42
                seq 3
                amount -8500000
                balance 491500001
                contra 2
                kind 1
                reference 5 ref_1
                reason -
                key 00000000-0000-0001-0000-000000000002
                created 1795255200000001
                """);
        assertThat(HexFormat.of().formatHex(ENTRY.leafHash()))
                .isEqualTo(HexFormat.of().formatHex(LeafHashes.leaf(ENTRY.text().getBytes(StandardCharsets.UTF_8))));
    }

    /** Few values for each column, so that pairs which differ in one alone are tried often; the references try to deceive. */
    @Provide
    Arbitrary<SealedEntry> entries() {
        Arbitrary<String> references = Arbitraries.of(
                        "-",
                        "1 -",
                        "a",
                        "a\nreason -",
                        "a\nreason -\nkey " + new UUID(1, 2),
                        "5 ref_1",
                        "\u0000",
                        "é",
                        "€")
                .injectNull(0.2);
        Arbitrary<String> reasons =
                Arbitraries.of("0".repeat(64), "ab".repeat(32)).injectNull(0.5);
        Arbitrary<BigDecimal> amounts = Arbitraries.of("1", "-1", "0.000001", "0", "99999999999999.999999")
                .map(BigDecimal::new);
        return Combinators.combine(
                        Arbitraries.of(Export.ACME, Export.BOLT),
                        Arbitraries.longs().between(1, 12),
                        amounts,
                        amounts,
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(1, 12),
                        references,
                        Combinators.combine(
                                        reasons,
                                        Arbitraries.longs().between(0, 1),
                                        Arbitraries.longs().between(0, 1))
                                .as(Rest::new))
                .as((wallet, seq, amount, balance, contra, kind, reference, rest) -> new SealedEntry(
                        Export.TENANT,
                        wallet,
                        seq,
                        amount,
                        balance,
                        contra,
                        kind,
                        reference,
                        rest.reason(),
                        new UUID(1, rest.key()),
                        Instant.ofEpochSecond(rest.second())));
    }

    /** What is left of an entry; jqwik combines eight at most. */
    record Rest(String reason, long key, long second) {}

    @Property(tries = 5_000)
    void twoEntriesHaveTheSameTextOnlyWhenTheyAreEqual(
            @ForAll("entries") SealedEntry one, @ForAll("entries") SealedEntry other) {
        assertThat(one.text().equals(other.text())).isEqualTo(one.equals(other));
    }

    @Property(tries = 2_000)
    void aLineIsReadAsItWasWritten(@ForAll("entries") SealedEntry entry) {
        LedgerLine line = new LedgerLine.Entry(entry, null, null, HexFormat.of().formatHex(entry.leafHash()));
        assertThat(LedgerLine.parse(line.text(), Export.TENANT)).isEqualTo(line);
    }

    @Test
    void anAmountIsTheSameHoweverManyZerosItHas() {
        SealedEntry zeros = new SealedEntry(
                Export.TENANT,
                Export.ACME,
                3,
                new BigDecimal("-8.500000000"),
                new BigDecimal("491.500001"),
                2,
                1,
                "ref_1",
                null,
                new UUID(1, 2),
                Instant.parse("2026-11-21T10:00:00.000001Z"));
        assertThat(zeros).isEqualTo(ENTRY);
    }

    @Test
    void whatHasNoPlaceInATextIsRefused() {
        assertThatThrownBy(() -> entry("half a pair \ud83d", null).text())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate");
        assertThatThrownBy(() -> entry(null, "short")).isInstanceOf(IllegalArgumentException.class);
        for (String amount : new String[] {"0.0000001", "100000000000000", "1E999999999", "1E-2147483647"}) {
            assertThatThrownBy(() -> new SealedEntry(
                            Export.TENANT,
                            Export.ACME,
                            1,
                            new BigDecimal(amount),
                            BigDecimal.ZERO,
                            1,
                            1,
                            null,
                            null,
                            new UUID(1, 2),
                            Instant.EPOCH))
                    .as(amount)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new BigDecimal(BigInteger.TEN.pow(19), 6)).isEqualTo("10000000000000.000000");
    }

    @Test
    void aReasonIsCommittedToAndNotTold() {
        String salt = Reasons.salt(new byte[32], Export.ACME, 3);
        String hash = Reasons.hash(salt, "goodwill");
        assertThat(entry(null, hash).text()).contains("\nreason " + hash + "\n").doesNotContain("goodwill");
        assertThat(Reasons.hash(salt, "goodwill ")).isNotEqualTo(hash);
        assertThat(Reasons.hash(Reasons.salt(new byte[32], Export.ACME, 4), "goodwill"))
                .isNotEqualTo(hash);
    }
}

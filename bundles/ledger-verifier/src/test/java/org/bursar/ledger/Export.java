package org.bursar.ledger;

import java.math.BigDecimal;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes exports as the platform does, from entries that a test names. */
final class Export {
    static final String TENANT = "ten_01h2xcejqtf2nbrexx3vqjhp41";
    static final String ACME = "cus_01h2xcejqtf2nbrexx3vqjhp42";
    static final String BOLT = "cus_01h2xcejqtf2nbrexx3vqjhp43";

    private static final byte[] REASON_KEY = new byte[32];

    final List<LedgerLine> lines = new ArrayList<>();
    private final Map<String, SealedEntry> last = new HashMap<>();
    private KeyPair key = SealKeys.generate();
    private Seal seal;
    private long entries;
    private long clock = 1_763_719_200_000_000L;

    Export() {
        lines.add(new LedgerLine.Header(TENANT));
        lines.add(new LedgerLine.Key(publicKey()));
    }

    byte[] publicKey() {
        return key.getPublic().getEncoded();
    }

    /** What is signed from now on is signed by another key. */
    Export newKey() {
        key = SealKeys.generate();
        lines.add(2, new LedgerLine.Key(publicKey()));
        return this;
    }

    /** An amount in a wallet, with a reason when there is one. */
    record Amount(String wallet, String amount, String reason) {
        Amount(String wallet, String amount) {
            this(wallet, amount, null);
        }
    }

    /** Posts amounts and seals them. */
    Export seal(Amount... amounts) {
        List<LedgerLine> added = new ArrayList<>();
        List<byte[]> leaves = new ArrayList<>();
        for (Amount amount : amounts) {
            SealedEntry entry = entry(amount);
            last.put(amount.wallet(), entry);
            leaves.add(entry.leafHash());
            String salt = amount.reason() == null ? null : Reasons.salt(REASON_KEY, amount.wallet(), entry.seq());
            added.add(new LedgerLine.Entry(
                    entry, amount.reason(), salt, HexFormat.of().formatHex(entry.leafHash())));
        }
        seal = new Seal(
                TENANT,
                seal == null ? 1 : seal.number() + 1,
                seal == null ? 1 : seal.last() + 1,
                leaves.size(),
                HexFormat.of().formatHex(LeafHashes.of(leaves).root()),
                seal == null ? Seal.NONE : seal.hash(),
                time(),
                SealKeys.id(publicKey()));
        lines.add(new LedgerLine.Sealed(seal, SealKeys.sign(key.getPrivate(), seal)));
        lines.addAll(added);
        entries += amounts.length;
        return this;
    }

    private Instant time() {
        clock += 1_000_001;
        return Instant.ofEpochSecond(clock / 1_000_000, clock % 1_000_000 * 1_000);
    }

    private SealedEntry entry(Amount amount) {
        SealedEntry before = last.get(amount.wallet());
        long seq = before == null ? 1 : before.seq() + 1;
        BigDecimal value = new BigDecimal(amount.amount());
        return new SealedEntry(
                TENANT,
                amount.wallet(),
                seq,
                value,
                before == null ? value : before.balanceAfter().add(value),
                2,
                2,
                seq == 2 ? null : "ref_" + seq,
                amount.reason() == null
                        ? null
                        : Reasons.hash(Reasons.salt(REASON_KEY, amount.wallet(), seq), amount.reason()),
                new UUID(7, seq),
                time());
    }

    Seal lastSeal() {
        return seal;
    }

    Export end() {
        lines.add(new LedgerLine.End(seal == null ? 0 : seal.number(), entries));
        return this;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }
}

package org.bursar.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks an exported ledger line by line: every entry gives its leaf, every seal's leaves its root, each seal names the one
 * before and is signed, and each wallet's entries are numbered without a gap with balances that follow from one another. It
 * holds one seal's hashes and a line for each wallet in memory, whatever the length of the ledger.
 */
public final class LedgerCheck {
    /** Whose a line is as long as nobody has said it. */
    private static final String NOBODY = "none_" + "0".repeat(26);

    private final Set<String> trusted = new HashSet<>();
    private final Map<Long, String> pinned = new HashMap<>();
    private final Consumer<Fault> faults;
    private final Map<String, byte[]> keys = new HashMap<>();
    private final Map<String, WalletState> wallets = new HashMap<>();
    private final List<byte[]> leaves = new ArrayList<>();
    private final Set<String> signers = new HashSet<>();
    private @Nullable String tenant;
    private @Nullable Seal seal;
    private boolean ended;
    private long lines;
    private long entries;

    /** The last entry of a wallet. */
    private record WalletState(long seq, BigDecimal balance) {}

    /**
     * One thing that is wrong.
     *
     * @param line where, counted from 1
     * @param wallet whose entry; null when it is in no one entry
     * @param seq which entry; 0 when it is in no one entry
     */
    public record Fault(long line, @Nullable String wallet, long seq, String what) {
        @Override
        public String toString() {
            String entry = wallet == null ? "" : "wallet " + wallet + ", entry " + seq + ": ";
            return "line " + line + ": " + entry + what;
        }
    }

    /** Checks nothing yet; what is wrong is told as it is found. */
    public LedgerCheck(Consumer<Fault> faults) {
        this.faults = faults;
    }

    /** Accepts this key's signatures, and no key's that was not named. Without any, those of every key in the export. */
    public LedgerCheck trust(byte[] publicKey) {
        SealKeys.publicKey(publicKey);
        trusted.add(SealKeys.id(publicKey));
        return this;
    }

    /** Demands that a seal is there with this hash, because somebody has kept it. */
    public LedgerCheck expect(long number, String hash) {
        pinned.put(number, hash);
        return this;
    }

    /** What was read. */
    public long seals() {
        return seal == null ? 0 : seal.number();
    }

    /** How many entries were read. */
    public long entries() {
        return entries;
    }

    /** How many wallets they are of. */
    public int wallets() {
        return wallets.size();
    }

    /** The last seal that was read, in a line that is worth keeping; empty text when there is none. */
    public String lastSeal() {
        return seal == null ? "" : seal.number() + ":" + seal.hash();
    }

    /** The public keys that have signed, in base 64. */
    public List<String> signers() {
        return signers.stream().sorted().toList();
    }

    private void fault(String what) {
        faults.accept(new Fault(lines, null, 0, what));
    }

    private void fault(SealedEntry entry, String what) {
        faults.accept(new Fault(lines, entry.wallet(), entry.seq(), what));
    }

    /** Takes the next line. */
    public void line(String text) {
        lines++;
        LedgerLine line;
        try {
            line = LedgerLine.parse(text, tenant == null ? NOBODY : tenant);
        } catch (IllegalArgumentException e) {
            fault("cannot be read: " + e.getMessage());
            return;
        }
        if (ended) {
            fault("there is more after the end");
        }
        if (line instanceof LedgerLine.Header header) {
            header(header);
        } else if (tenant == null) {
            fault("comes before the line that says whose ledger it is");
        } else if (line instanceof LedgerLine.Key key) {
            keys.put(SealKeys.id(key.publicKey()), key.publicKey());
        } else if (line instanceof LedgerLine.Sealed sealed) {
            sealed(sealed);
        } else if (line instanceof LedgerLine.Entry entry) {
            entry(entry);
        } else if (line instanceof LedgerLine.End end) {
            end(end);
        }
    }

    /** A line that is no text at all. */
    public void unreadable(String why) {
        lines++;
        fault("cannot be read: " + why);
    }

    private void header(LedgerLine.Header header) {
        if (tenant != null) {
            fault("a second ledger begins");
        } else {
            tenant = header.tenant();
        }
    }

    private void sealed(LedgerLine.Sealed line) {
        closeTree();
        Seal next = line.seal();
        Seal last = seal;
        long number = last == null ? 1 : last.number() + 1;
        if (next.number() != number) {
            fault("seal " + next.number() + " is where seal " + number + " must be");
        }
        if (!next.previous().equals(last == null ? Seal.NONE : last.hash())) {
            fault("seal " + next.number() + " names another seal before it than the one that is there");
        }
        if (next.first() != (last == null ? 1 : last.last() + 1)) {
            fault("seal " + next.number() + " begins with entry " + next.first()
                    + " of the ledger, which is not the next");
        }
        signature(line);
        String expected = pinned.remove(next.number());
        if (expected != null && !expected.equals(next.hash())) {
            fault("seal " + next.number() + " is not the one that was expected, its hash is " + next.hash());
        }
        seal = next;
    }

    private void signature(LedgerLine.Sealed line) {
        Seal signed = line.seal();
        byte[] key = keys.get(signed.keyId());
        if (key == null) {
            fault("the key of seal " + signed.number() + " is not in the export");
            return;
        }
        if (!trusted.isEmpty() && !trusted.contains(signed.keyId())) {
            fault("seal " + signed.number() + " is signed by a key that is not trusted, " + signed.keyId());
        }
        boolean good;
        try {
            good = SealKeys.signed(SealKeys.publicKey(key), signed, line.signature());
        } catch (IllegalArgumentException e) {
            good = false;
        }
        if (good) {
            signers.add(Base64.getEncoder().encodeToString(key));
        } else {
            fault("the signature of seal " + signed.number() + " is wrong");
        }
    }

    private void entry(LedgerLine.Entry line) {
        SealedEntry entry = line.entry();
        entries++;
        byte[] leaf = entry.leafHash();
        if (!Sha256.hex(leaf).equals(line.leaf())) {
            fault(entry, "is not what was sealed");
        }
        if (!line.reasonFits()) {
            fault(entry, "has another reason than what was sealed");
        }
        if (seal == null) {
            fault(entry, "is in no seal");
        }
        leaves.add(leaf);
        WalletState before = wallets.get(entry.wallet());
        long seq = before == null ? 1 : before.seq() + 1;
        if (entry.seq() != seq) {
            fault(entry, "is where entry " + seq + " must be");
        }
        BigDecimal balance = (before == null ? BigDecimal.ZERO : before.balance()).add(entry.amount());
        if (entry.balanceAfter().compareTo(balance) != 0) {
            fault(entry, "the balance after it is not the one before and its amount");
        }
        wallets.put(entry.wallet(), new WalletState(entry.seq(), entry.balanceAfter()));
    }

    /** The tree of the seal whose entries have all been read. */
    private void closeTree() {
        Seal closed = seal;
        if (closed != null) {
            if (leaves.size() != closed.leaves()) {
                fault("seal " + closed.number() + " seals " + closed.leaves() + " entries, and " + leaves.size()
                        + " are there");
            } else if (!Sha256.hex(LeafHashes.of(leaves).root()).equals(closed.root())) {
                fault("the entries " + closed.first() + " to " + closed.last() + " of the ledger are not those of seal "
                        + closed.number());
            }
        }
        leaves.clear();
    }

    private void end(LedgerLine.End end) {
        closeTree();
        ended = true;
        if (end.seals() != seals() || end.entries() != entries) {
            fault("the export had " + end.seals() + " seals and " + end.entries() + " entries, and " + seals() + " and "
                    + entries + " are there");
        }
    }

    /** Says that there are no more lines. */
    public void finish() {
        if (!ended) {
            closeTree();
            fault("the export is cut off: its last line is missing");
        }
        pinned.keySet().stream().sorted().forEach(number -> fault("seal " + number + " is expected and not there"));
    }
}

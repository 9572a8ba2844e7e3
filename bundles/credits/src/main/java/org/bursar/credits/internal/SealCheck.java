package org.bursar.credits.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.credits.LedgerSeals;
import org.bursar.credits.LedgerSeals.Fault;
import org.bursar.credits.internal.SealParts.Placed;
import org.bursar.credits.internal.sql.LeafRow;
import org.bursar.credits.internal.sql.LeavesRow;
import org.bursar.credits.internal.sql.OddPart;
import org.bursar.credits.internal.sql.PartRow;
import org.bursar.credits.internal.sql.ReasonKeyRow;
import org.bursar.credits.internal.sql.SealMapper;
import org.bursar.credits.internal.sql.SealRow;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.ledger.LeafHashes;
import org.bursar.ledger.Seal;
import org.bursar.ledger.SealKeys;
import org.jspecify.annotations.Nullable;

/**
 * Checks one tenant's seals against its entries, a seal in a transaction of its own. Entries are looked for where the parts say
 * that they are, and compared one by one with the hashes that are kept, which the signed root vouches for.
 */
final class SealCheck {
    private static final int MOST_FAULTS = 1_000;
    private static final int CHUNK = 1_000;

    private final Database database;
    private final SealMapper seals;
    private final Scope scope;
    private final TenantId tenant;
    private final Map<String, byte[]> publicKeys;
    private final @Nullable Leaves leaves;
    private final List<Fault> faults = new ArrayList<>();

    SealCheck(Database database, Secrets secrets, SigningKeys keys, SealMapper seals, Scope scope) {
        this.database = database;
        this.seals = seals;
        this.scope = scope;
        tenant = scope.tenant();
        publicKeys = keys.publicKeys();
        leaves = database.transact(scope, () -> seals.reasonKey(tenant))
                .map(ReasonKeyRow::reasonKey)
                .map(key -> new Leaves(tenant, secrets.open(tenant, Sealer.REASONS, key)))
                .orElse(null);
    }

    LedgerSeals.Report check() {
        Optional<Seal> last = Optional.empty();
        long checked = 0;
        long entries = 0;
        while (faults.size() < MOST_FAULTS) {
            Optional<Seal> before = last;
            Optional<SealRow> row = database.transact(
                    scope, () -> seals.next(tenant, before.map(Seal::number).orElse(0L)));
            if (row.isEmpty()) {
                break;
            }
            Seal seal = SealRows.seal(tenant, row.get());
            follows(before, seal);
            signature(seal, row.get().signature());
            // gathered apart, since the work is repeated when the database asks for it
            List<Fault> found = database.transact(scope, () -> contents(seal));
            faults.addAll(found);
            checked++;
            entries += seal.leaves();
            last = Optional.of(seal);
        }
        database.transact(scope, () -> seals.oddParts(tenant, MOST_FAULTS)).forEach(this::odd);
        return new LedgerSeals.Report(
                checked, entries, faults.stream().limit(MOST_FAULTS).toList());
    }

    private void fault(String what) {
        faults.add(new Fault(null, what));
    }

    private void odd(OddPart part) {
        faults.add(new Fault(
                part.customer(),
                "what is sealed of it is at entry " + part.found() + " where entry " + part.expected() + " must be"));
    }

    private void follows(Optional<Seal> before, Seal seal) {
        if (seal.number() != before.map(Seal::number).orElse(0L) + 1) {
            fault("the seal before seal " + seal.number() + " is missing");
        } else if (!seal.previous().equals(before.map(Seal::hash).orElse(Seal.NONE))) {
            fault("seal " + seal.number() + " names another seal before it than the one that is there");
        }
        if (seal.first() != before.map(Seal::last).orElse(0L) + 1) {
            fault("seal " + seal.number() + " begins with entry " + seal.first()
                    + " of the ledger, which is not the next");
        }
    }

    private void signature(Seal seal, byte[] signature) {
        byte[] key = publicKeys.get(seal.keyId());
        if (key == null) {
            fault("the key " + seal.keyId() + " of seal " + seal.number() + " is missing");
            return;
        }
        if (!SealKeys.id(key).equals(seal.keyId()) || !SealKeys.signed(SealKeys.publicKey(key), seal, signature)) {
            fault("the signature of seal " + seal.number() + " is wrong");
        }
    }

    private List<Fault> contents(Seal seal) {
        List<Fault> found = new ArrayList<>();
        LeafHashes kept = seals.leaves(tenant, seal.number())
                .map(LeavesRow::leaves)
                .map(LeafHashes::of)
                .orElseThrow();
        if (!HexFormat.of().formatHex(kept.root()).equals(seal.root())) {
            found.add(new Fault(null, "the hashes that are kept of seal " + seal.number() + " do not give its root"));
        }
        List<PartRow> parts = seals.parts(tenant, seal.number());
        int leaf = 0;
        for (PartRow part : parts) {
            if (part.firstLeaf() != leaf) {
                found.add(new Fault(part.customer(), "its part of seal " + seal.number() + " is not where it must be"));
            }
            leaf = part.leaf(part.toSeq()) + 1;
        }
        if (leaf != kept.size()) {
            found.add(new Fault(
                    null, "the parts of seal " + seal.number() + " have " + leaf + " entries of " + kept.size()));
            return found;
        }
        entries(seal, kept, parts, found);
        return found;
    }

    /** Walks parts and entries side by side. */
    private void entries(Seal seal, LeafHashes kept, List<PartRow> parts, List<Fault> found) {
        List<Placed> rows = List.of();
        SealParts placed = new SealParts(parts);
        int at = 0;
        int read = 0;
        for (PartRow part : parts) {
            for (long seq = part.fromSeq(); seq <= part.toSeq() && found.size() < MOST_FAULTS; seq++) {
                int leaf = part.leaf(seq);
                if (leaf >= read) {
                    read = Math.min(leaf + CHUNK, kept.size());
                    rows = placed.entries(seals, tenant, leaf, read - 1);
                    at = 0;
                }
                if (at < rows.size() && rows.get(at).leaf() == leaf) {
                    if (!same(rows.get(at).row(), kept.get(leaf))) {
                        found.add(fault(part.customer(), seq, "is not what seal " + seal.number() + " has sealed"));
                    }
                    at++;
                } else {
                    found.add(fault(part.customer(), seq, "is missing, and seal " + seal.number() + " has sealed it"));
                }
            }
        }
    }

    private boolean same(LeafRow row, byte[] kept) {
        Leaves known = leaves;
        try {
            return known != null && Arrays.equals(known.entry(row).leafHash(), kept);
        } catch (IllegalArgumentException e) {
            // not even of the form of an entry
            return false;
        }
    }

    private static Fault fault(CustomerId customer, long seq, String what) {
        return new Fault(customer, "entry " + seq + " " + what);
    }
}

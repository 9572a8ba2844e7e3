package org.bursar.credits.internal;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.bursar.credits.internal.SealParts.Placed;
import org.bursar.credits.internal.sql.ReasonKeyRow;
import org.bursar.credits.internal.sql.SealMapper;
import org.bursar.credits.internal.sql.SealRow;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.ledger.LeafHashes;
import org.bursar.ledger.LedgerLine;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's sealed ledger, a chunk of lines at a time and each in a transaction of its own. Seals never change and parts never
 * do, so what is read in one transaction goes on from the one before; seals that are made meanwhile are left out.
 */
final class LedgerExport implements Iterator<List<String>> {
    private static final int CHUNK = 1_000;

    private final Database database;
    private final Secrets secrets;
    private final SigningKeys keys;
    private final SealMapper seals;
    private final Scope scope;
    private final TenantId tenant;
    private final long last;
    private final List<String> head;
    private @Nullable Place place = new Place(0, 0, 0, 0, LeafHashes.of(List.of()));
    private boolean begun;

    /** How far it has come: in which seal, before which of its leaves, and after how much in all. */
    private record Place(long number, int leaf, long seals, long entries, LeafHashes hashes) {}

    private record Chunk(List<String> lines, @Nullable Place next) {}

    /** Reads the first lines at once, so that what is refused is refused before an answer has begun. */
    LedgerExport(Database database, Secrets secrets, SigningKeys keys, SealMapper seals, Scope scope) {
        this.database = database;
        this.secrets = secrets;
        this.keys = keys;
        this.seals = seals;
        this.scope = scope;
        tenant = scope.tenant();
        last = database.transact(scope, () -> seals.newest(tenant, Long.MAX_VALUE, 1)).stream()
                .mapToLong(SealRow::number)
                .findFirst()
                .orElse(0);
        head = head();
    }

    private List<String> head() {
        List<String> lines = new ArrayList<>();
        lines.add(new LedgerLine.Header(tenant.toString()).text());
        keys.publicKeys().values().forEach(key -> lines.add(new LedgerLine.Key(key).text()));
        return lines;
    }

    @Override
    public boolean hasNext() {
        return !begun || place != null;
    }

    @Override
    public List<String> next() {
        if (!begun) {
            begun = true;
            return head;
        }
        Place at = place;
        if (at == null) {
            throw new NoSuchElementException();
        }
        Chunk chunk = database.transact(scope, () -> after(at));
        place = chunk.next();
        return chunk.lines();
    }

    private Chunk after(Place at) {
        if (at.leaf() < at.hashes().size()) {
            return chunk(at, new ArrayList<>());
        }
        Optional<SealRow> found = seals.next(tenant, at.number()).filter(row -> row.number() <= last);
        if (found.isEmpty()) {
            return new Chunk(List.of(new LedgerLine.End(at.seals(), at.entries()).text()), null);
        }
        SealRow row = found.get();
        List<String> lines = new ArrayList<>();
        lines.add(new LedgerLine.Sealed(SealRows.seal(tenant, row), row.signature()).text());
        LeafHashes hashes =
                LeafHashes.of(seals.leaves(tenant, row.number()).orElseThrow().leaves());
        return chunk(new Place(row.number(), 0, at.seals() + 1, at.entries(), hashes), lines);
    }

    private Chunk chunk(Place at, List<String> lines) {
        byte[] reasonKey = seals.reasonKey(tenant).map(ReasonKeyRow::reasonKey).orElseThrow();
        Leaves leaves = new Leaves(tenant, secrets.open(tenant, Sealer.REASONS, reasonKey));
        int end = Math.min(at.leaf() + CHUNK, at.hashes().size());
        List<Placed> rows = new SealParts(seals.parts(tenant, at.number())).entries(seals, tenant, at.leaf(), end - 1);
        for (Placed placed : rows) {
            String hash = HexFormat.of().formatHex(at.hashes().get(placed.leaf()));
            lines.add(leaves.line(placed.row(), hash).text());
        }
        Place next = new Place(at.number(), end, at.seals(), at.entries() + rows.size(), at.hashes());
        return new Chunk(lines, next);
    }
}

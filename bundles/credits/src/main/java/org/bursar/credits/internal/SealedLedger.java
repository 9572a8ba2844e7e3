package org.bursar.credits.internal;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bursar.credits.EntryProof;
import org.bursar.credits.LedgerSeal;
import org.bursar.credits.LedgerSeals;
import org.bursar.credits.SealProblems;
import org.bursar.credits.internal.sql.LeafRow;
import org.bursar.credits.internal.sql.LeavesRow;
import org.bursar.credits.internal.sql.PartRow;
import org.bursar.credits.internal.sql.ReasonKeyRow;
import org.bursar.credits.internal.sql.SealMapper;
import org.bursar.credits.internal.sql.SealRow;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.kernel.Cursor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Problem;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.ledger.LeafHashes;
import org.bursar.ledger.SealedEntry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Seals, and what can be shown with them. */
@Component(service = LedgerSeals.class)
public final class SealedLedger implements LedgerSeals {
    private static final String NEWEST = "-seal";
    private static final int RETRY_AFTER_SECONDS = 30;

    private final Database database;
    private final Secrets secrets;
    private final SigningKeys keys;
    private final Sealer sealer;
    private final SealMapper seals;

    @Activate
    public SealedLedger(
            @Reference Database database,
            @Reference Secrets secrets,
            @Reference SigningKeys keys,
            @Reference Sealer sealer) {
        this.database = database;
        this.secrets = secrets;
        this.keys = keys;
        this.sealer = sealer;
        seals = database.mapper("credits", SealMapper.class);
    }

    @Override
    public Page<LedgerSeal> list(Scope scope, Page.Request request) {
        scope.requireWholeTenant();
        String cursor = request.after();
        long before = cursor == null
                ? Long.MAX_VALUE
                : number(Cursor.decode(NEWEST, 1, cursor).get(0));
        return database.transact(scope, () -> {
            List<SealRow> rows = seals.newest(scope.tenant(), before, request.limit() + 1);
            Map<String, byte[]> publicKeys = keys.publicKeys();
            return Page.of(rows, request, row -> Cursor.encode(NEWEST, row.number()))
                    .map(row -> SealRows.shown(scope.tenant(), row, publicKeys));
        });
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Cursor.bad();
        }
    }

    @Override
    public LedgerSeal get(Scope scope, long number) {
        scope.requireWholeTenant();
        return database.transact(
                scope,
                () -> seals.seal(scope.tenant(), number)
                        .map(row -> SealRows.shown(scope.tenant(), row, keys.publicKeys()))
                        .orElseThrow(Problems::notFound));
    }

    @Override
    public EntryProof proof(Scope scope, CustomerId customer, long seq) {
        TenantId tenant = scope.tenant();
        return database.transact(scope, () -> {
            // as the caller, who sees its own entries alone
            LeafRow row = seals.entry(tenant, customer, seq).orElseThrow(Problems::notFound);
            // the seal is the whole tenant's; of the others' entries only hashes are read from here on
            return database.transact(scope.wholeTenant(), () -> proof(tenant, row));
        });
    }

    private EntryProof proof(TenantId tenant, LeafRow row) {
        PartRow part = seals.part(tenant, row.customer(), row.seq())
                .filter(found -> row.seq() <= found.toSeq())
                .orElseThrow(SealedLedger::notYet);
        SealRow seal = seals.seal(tenant, part.number()).orElseThrow();
        LeafHashes kept = seals.leaves(tenant, part.number())
                .map(LeavesRow::leaves)
                .map(LeafHashes::of)
                .orElseThrow();
        byte[] reasonKey = seals.reasonKey(tenant).map(ReasonKeyRow::reasonKey).orElseThrow();
        Leaves leaves = new Leaves(tenant, secrets.open(tenant, Sealer.REASONS, reasonKey));
        SealedEntry entry = leaves.entry(row);
        int index = part.leaf(row.seq());
        List<byte[]> path = kept.path(index);
        byte[] root =
                LeafHashes.root(entry.leafHash(), index, kept.size(), path).orElseThrow();
        if (!Arrays.equals(root, seal.root())) {
            // a proof that does not hold would look like the reader's mistake
            throw new IllegalStateException("entry " + row.seq() + " of " + row.customer() + " is not what seal "
                    + part.number() + " has sealed; ledger:verify tells more");
        }
        HexFormat hex = HexFormat.of();
        return new EntryProof(
                entry.text(),
                hex.formatHex(entry.leafHash()),
                index,
                path.stream().map(hex::formatHex).toList(),
                leaves.salt(row),
                SealRows.shown(tenant, seal, keys.publicKeys()));
    }

    private static ProblemException notYet() {
        return new ProblemException(
                Problem.of(SealProblems.NOT_SEALED_YET, "The next seal will have it, in a minute at most.")
                        .with("retryAfter", RETRY_AFTER_SECONDS));
    }

    @Override
    public Iterator<List<String>> export(Scope scope) {
        scope.requireWholeTenant();
        return new LedgerExport(database, secrets, keys, seals, scope);
    }

    @Override
    public long seal(Scope scope) {
        scope.requireWholeTenant();
        Sealer.Run turn = sealer.run(scope);
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            more = turn.next();
        }
        turn.end();
        return turn.sealed();
    }

    @Override
    public String newKey(Scope scope) {
        if (!scope.tenant().equals(Scope.PLATFORM)) {
            throw new ProblemException(Problems.FORBIDDEN, "The key is the platform's.");
        }
        return Base64.getEncoder().encodeToString(keys.next());
    }

    @Override
    public Report check(Scope scope) {
        scope.requireWholeTenant();
        return new SealCheck(database, secrets, keys, seals, scope).check();
    }
}

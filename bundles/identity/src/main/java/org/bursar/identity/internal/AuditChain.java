package org.bursar.identity.internal;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.identity.internal.sql.AuditMapper;
import org.bursar.identity.internal.sql.AuditMapper.ChainEnd;
import org.bursar.identity.internal.sql.AuditMapper.ChainRow;
import org.bursar.identity.internal.sql.AuditRow;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Links each audit entry to the one before it by a keyed hash, so that an entry that was edited, removed or slipped
 * in shows. The
 * key lies outside the database: who owns the database alone cannot mend the chain. Entries are chained after their
 * commit, since
 * in the writers' transactions the end of the chain would be a row that all of a tenant's writes wait for.
 */
@Component(service = AuditChain.class)
public final class AuditChain {
    private static final int AT_ONCE = 1_000;
    private static final HexFormat HEX = HexFormat.of();

    private final Database database;
    private final Secrets secrets;
    private final AuditMapper mapper;

    @Activate
    public AuditChain(@Reference Database database, @Reference Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
        this.mapper = database.mapper("identity", AuditMapper.class);
    }

    /** Chains what waits. */
    public void extend(TenantId tenant) {
        int taken;
        do {
            taken = database.transact(scope(tenant), () -> extendOnce(tenant));
        } while (taken == AT_ONCE);
    }

    private int extendOnce(TenantId tenant) {
        List<AuditRow> rows = mapper.takeUnchained(tenant, AT_ONCE);
        if (!rows.isEmpty()) {
            ChainEnd end = mapper.chainEnd(tenant).orElse(new ChainEnd(0, ""));
            long seq = end.seq();
            String hash = end.hash();
            for (AuditRow row : rows) {
                hash = hash(tenant, hash, row);
                mapper.chain(tenant, ++seq, row.auditEntryId(), HEX.parseHex(hash));
            }
        }
        return rows.size();
    }

    /** What is wrong with a tenant's log; empty when every entry is as it was written. */
    public Optional<String> fault(TenantId tenant) {
        return database.transact(scope(tenant), () -> {
            String before = "";
            long seq = 0;
            List<ChainRow> links;
            do {
                links = mapper.chainAfter(tenant, seq, AT_ONCE);
                Map<UUID, AuditRow> rows = rows(tenant, links);
                for (ChainRow link : links) {
                    AuditRow row = rows.get(link.auditEntryId().uuid());
                    if (link.seq() != seq + 1) {
                        return Optional.of("link " + (seq + 1) + " is missing");
                    }
                    if (row == null) {
                        return Optional.of("entry " + link.auditEntryId() + " is missing");
                    }
                    if (!hash(tenant, before, row).equals(link.hash())) {
                        return Optional.of("entry " + link.auditEntryId() + " is not as it was written");
                    }
                    before = link.hash();
                    seq = link.seq();
                }
            } while (links.size() == AT_ONCE);
            int strays = mapper.strays(tenant);
            return strays == 0 ? Optional.empty() : Optional.of(strays + " entries are in no chain");
        });
    }

    private Map<UUID, AuditRow> rows(TenantId tenant, List<ChainRow> links) {
        Map<UUID, AuditRow> rows = new HashMap<>();
        if (!links.isEmpty()) {
            UUID[] ids = links.stream().map(link -> link.auditEntryId().uuid()).toArray(UUID[]::new);
            mapper.all(tenant, ids).forEach(row -> rows.put(row.uuid(), row));
        }
        return rows;
    }

    private String hash(TenantId tenant, String before, AuditRow row) {
        StringBuilder text = new StringBuilder(before);
        for (Object part : new Object[] {
            tenant,
            row.auditEntryId(),
            row.at(),
            row.actorKind(),
            row.actorId(),
            row.actorName(),
            row.action(),
            row.subject(),
            row.customerId(),
            row.stateBefore(),
            row.stateAfter(),
            row.sealedBefore(),
            row.sealedAfter()
        }) {
            // lengths keep two different entries from having one text
            String value = String.valueOf(part);
            text.append('\n')
                    .append(part == null ? -1 : value.length())
                    .append(':')
                    .append(value);
        }
        return HEX.formatHex(secrets.mac("identity.audit-chain", text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static Scope scope(TenantId tenant) {
        return Scope.of(tenant, Actor.system("audit-chain"));
    }
}

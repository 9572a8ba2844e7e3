package org.bursar.credits.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bursar.credits.internal.sql.LedgerFiguresRow;
import org.bursar.credits.internal.sql.VerificationMapper;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Figure;
import org.bursar.kernel.Figures;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the ledgers of all tenants come to, and what their last proofs found. */
@Component(service = Figures.class)
public final class LedgerFigures implements Figures {
    private final Database database;
    private final TenantDirectory tenants;
    private final Clock clock;
    private final VerificationMapper mapper;

    @Activate
    public LedgerFigures(@Reference Database database, @Reference TenantDirectory tenants, @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.clock = clock;
        mapper = database.mapper("credits", VerificationMapper.class);
    }

    @Override
    public String source() {
        return "ledger";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public List<Figure> read() {
        long wallets = 0;
        long entries = 0;
        long holds = 0;
        long faults = 0;
        long unproven = 0;
        @Nullable Instant oldest = null;
        for (TenantId tenant : tenants.all()) {
            Scope scope = Scope.of(tenant, Actor.system("ledger-figures"));
            LedgerFiguresRow row = database.transact(scope, () -> mapper.figures(tenant));
            wallets += row.wallets();
            entries += row.entries();
            holds += row.openHolds();
            Instant verified = row.verifiedAt();
            if (verified == null) {
                unproven++;
            } else {
                faults += row.faults() == null ? 0 : row.faults();
                oldest = oldest == null || verified.isBefore(oldest) ? verified : oldest;
            }
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of("bursar_ledger_wallets", "Wallets of all tenants", wallets));
        figures.add(Figure.of("bursar_ledger_entries", "Entries in the ledgers of all tenants", entries));
        figures.add(Figure.of("bursar_ledger_holds_open", "Holds that reserve credit now", holds));
        figures.add(Figure.of(
                "bursar_ledger_faults",
                "What the last proofs of the ledgers found wrong: anything but 0 is a fault",
                faults));
        figures.add(Figure.of(
                "bursar_ledger_tenants_unproven",
                "Tenants whose ledger was never proven, since they are new",
                unproven));
        if (oldest != null) {
            figures.add(Figure.of(
                    "bursar_ledger_proof_age_seconds",
                    "How long ago the ledger was proven whose proof is the oldest",
                    Duration.between(oldest, clock.instant()).toSeconds()));
        }
        return figures;
    }
}

package org.bursar.credits.internal;

import java.time.Clock;
import java.time.Duration;
import org.bursar.credits.LedgerSeals;
import org.bursar.credits.LedgerVerification;
import org.bursar.credits.internal.sql.VerificationMapper;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves every tenant's ledger once a day, and writes down what came of it. */
@Component(service = RecurringJob.class)
public final class LedgerProof implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerProof.class);
    private static final int LONGEST_LOG = 10;

    private final Database database;
    private final TenantDirectory tenants;
    private final LedgerVerification verification;
    private final LedgerSeals seals;
    private final Clock clock;
    private final VerificationMapper mapper;

    @Activate
    public LedgerProof(
            @Reference Database database,
            @Reference TenantDirectory tenants,
            @Reference LedgerVerification verification,
            @Reference LedgerSeals seals,
            @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.verification = verification;
        this.seals = seals;
        this.clock = clock;
        mapper = database.mapper("credits", VerificationMapper.class);
    }

    @Override
    public String name() {
        return "ledger-proof";
    }

    @Override
    public Duration every() {
        return Duration.ofDays(1);
    }

    @Override
    public void run() {
        tenants.each(this::prove);
    }

    private void prove(TenantId tenant) {
        Scope scope = Scope.of(tenant, Actor.system(name()));
        LedgerVerification.Report report = verification.verify(scope);
        LedgerSeals.Report proof = seals.check(scope);
        database.run(
                scope,
                () -> mapper.record(
                        tenant,
                        clock.instant(),
                        report.wallets(),
                        report.entries(),
                        report.faults().size() + proof.faults().size()));
        report.faults().stream()
                .limit(LONGEST_LOG)
                .forEach(fault -> LOG.error("ledger of {}, {}: {}", tenant, fault.customer(), fault.what()));
        proof.faults().stream()
                .limit(LONGEST_LOG)
                .forEach(fault -> LOG.error("seals of {}, {}: {}", tenant, fault.customer(), fault.what()));
    }
}

package org.bursar.credits.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Every twenty seconds: the tenants' new entries are sealed, so that none waits for longer than a minute. */
@Component(service = RecurringJob.class)
public final class LedgerSealing implements RecurringJob {
    private static final Duration PAUSE = Duration.ofSeconds(20);

    private final TenantDirectory tenants;
    private final Sealer sealer;

    @Activate
    public LedgerSealing(@Reference TenantDirectory tenants, @Reference Sealer sealer) {
        this.tenants = tenants;
        this.sealer = sealer;
    }

    @Override
    public String name() {
        return "ledger-sealing";
    }

    @Override
    public Duration every() {
        return PAUSE;
    }

    /**
     * A seal for each tenant in turn until all have caught up, so that one with very much to seal does not keep the others
     * waiting. Every tenant has its turn even when one fails; the failure is thrown in the end, so that it is seen.
     */
    @Override
    public void run() {
        Deque<Sealer.Run> turns = new ArrayDeque<>();
        for (TenantId tenant : tenants.all()) {
            turns.add(sealer.run(Scope.of(tenant, Actor.system(name()))));
        }
        @Nullable RuntimeException failure = null;
        while (!turns.isEmpty() && !Thread.currentThread().isInterrupted()) {
            Sealer.Run turn = turns.remove();
            try {
                if (turn.next()) {
                    turns.add(turn);
                } else {
                    turn.end();
                }
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

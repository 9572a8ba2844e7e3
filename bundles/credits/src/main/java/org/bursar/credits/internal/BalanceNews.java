package org.bursar.credits.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.credits.internal.sql.BalanceNewsMapper;
import org.bursar.credits.internal.sql.WalletRow;
import org.bursar.database.Database;
import org.bursar.kernel.Actor;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.webhooks.Announcement;
import org.bursar.webhooks.Announcements;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a tenant's systems which wallets changed: one event for however many entries there were since the last, with the balance as
 * it is then. Whoever posts knows nothing of it; that a wallet was told of is marked in the transaction that stores the event.
 */
@Component(service = RecurringJob.class)
public final class BalanceNews implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(BalanceNews.class);
    private static final String TYPE = "balance.changed";
    private static final int BATCH = 200;
    private static final int MOST_A_TURN = 10_000;

    private final Database database;
    private final TenantDirectory tenants;
    private final Announcements announcements;
    private final Clock clock;
    private final BalanceNewsMapper mapper;

    @Activate
    public BalanceNews(
            @Reference Database database,
            @Reference TenantDirectory tenants,
            @Reference Announcements announcements,
            @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.announcements = announcements;
        this.clock = clock;
        mapper = database.mapper("credits", BalanceNewsMapper.class);
    }

    @Override
    public String name() {
        return "balance-news";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void run() {
        for (TenantId tenant : tenants.all()) {
            Scope scope = Scope.of(tenant, Actor.system(name()));
            try {
                tell(scope);
            } catch (RuntimeException e) {
                // what was not marked is found by the next run; another tenant must not wait for it
                LOG.warn("the changed wallets of tenant {} could not be told of", tenant, e);
            }
        }
    }

    private void tell(Scope scope) {
        if (!database.transact(scope, () -> ready(scope))) {
            return;
        }
        int told = 0;
        int batch;
        do {
            batch = database.transact(scope, () -> batch(scope));
            told += batch;
        } while (batch == BATCH && told < MOST_A_TURN);
    }

    /** Begins when somebody wants to be told, and ends when nobody does any longer. */
    private boolean ready(Scope scope) {
        boolean wanted = announcements.wanted(scope, TYPE);
        boolean begun = mapper.begun(scope.tenant());
        if (wanted && !begun && mapper.begin(scope.tenant(), clock.instant()) == 1) {
            mapper.startHere(scope.tenant());
        } else if (!wanted && begun) {
            mapper.end(scope.tenant());
            mapper.forget(scope.tenant());
        }
        return wanted && begun;
    }

    private int batch(Scope scope) {
        List<WalletRow> news = mapper.news(scope.tenant(), BATCH);
        if (news.isEmpty()) {
            return 0;
        }
        UUID[] wallets = news.stream().map(row -> row.customer().uuid()).toArray(UUID[]::new);
        Long[] seqs = news.stream().map(WalletRow::lastSeq).toArray(Long[]::new);
        if (mapper.told(scope.tenant(), wallets, seqs) != news.size()) {
            throw new IllegalStateException("another node tells of the same wallets");
        }
        news.forEach(row -> announcements.put(scope, new Announcement(TYPE, Optional.of(row.customer()), data(row))));
        return news.size();
    }

    private static Map<String, @Nullable Object> data(WalletRow row) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("unit", row.unit());
        data.put("balance", row.balance());
        data.put("held", row.held());
        data.put("available", row.balance().subtract(row.held()));
        data.put("lastEntry", row.lastSeq());
        return data;
    }
}

package org.bursar.customers.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bursar.customers.CustomerPart;
import org.bursar.customers.internal.sql.CustomerMapper;
import org.bursar.database.Database;
import org.bursar.identity.Audit;
import org.bursar.identity.Users;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.mail.Mails;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases customers whose grace period is over: the users with their addresses, the mails, what other capabilities keep, and the personal
 * fields. One customer is one transaction, so a run that is cut off loses nothing and repeats nothing. A part that was not
 * running erases its share when it is back.
 */
@Component(service = {Erasure.class, RecurringJob.class})
public final class Erasure implements RecurringJob {
    static final String PSEUDONYM = "Erased customer";
    private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);
    private static final int MOST_AT_ONCE = 100;

    private final Database database;
    private final Clock clock;
    private final TenantDirectory tenants;
    private final Users users;
    private final Mails mails;
    private final Audit audit;
    private final CustomerParts parts;
    private final CustomerMapper mapper;

    @Activate
    public Erasure(
            @Reference Database database,
            @Reference Clock clock,
            @Reference TenantDirectory tenants,
            @Reference Users users,
            @Reference Mails mails,
            @Reference Audit audit,
            @Reference CustomerParts parts,
            @Reference CompanyAccounts accounts) {
        this.database = database;
        this.clock = clock;
        this.tenants = tenants;
        this.users = users;
        this.mails = mails;
        this.audit = audit;
        this.parts = parts;
        this.mapper = accounts.mapper();
    }

    @Override
    public String name() {
        return "customer-erasure";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        List<CustomerPart> present = parts.present();
        List<String> missing = parts.missing(present);
        if (!missing.isEmpty()) {
            LOG.info("erasure waits for {}", missing);
            return;
        }
        for (TenantId tenant : tenants.all()) {
            Scope scope = Scope.of(tenant, Actor.system(name()));
            List<CustomerId> due;
            do {
                due = due(scope, present);
                due.forEach(id -> erase(scope, id, present));
            } while (due.size() == MOST_AT_ONCE);
        }
    }

    private List<CustomerId> due(Scope scope, List<CustomerPart> present) {
        String[] names = present.stream().map(CustomerPart::name).toArray(String[]::new);
        return database.transact(scope, () -> mapper.toErase(scope.tenant(), names, clock.instant(), MOST_AT_ONCE));
    }

    private void erase(Scope scope, CustomerId id, List<CustomerPart> present) {
        boolean erased = database.transact(scope, () -> {
            Instant now = clock.instant();
            if (mapper.lockToErase(scope.tenant(), id, now).isEmpty()) {
                return false;
            }
            List<String> done = mapper.erasedParts(scope.tenant(), id);
            for (CustomerPart part : present) {
                if (!done.contains(part.name())) {
                    part.erased(scope, id);
                    mapper.partErased(scope.tenant(), id, part.name(), now);
                }
            }
            if (mapper.blank(scope.tenant(), id, PSEUDONYM, now) == 1) {
                mapper.removeWorkspaces(scope.tenant(), id, new UUID[0]);
                mapper.releaseChildren(scope.tenant(), id, now);
                mails.erase(scope, id);
                users.erase(scope, id);
                // there is nothing to seal any more: the key went with the users
                audit.record(scope, "customer.erase", id.toString(), Optional.empty(), null, null);
            }
            return true;
        });
        if (erased) {
            LOG.info("customer {} of tenant {} erased", id, scope.tenant());
        }
    }
}

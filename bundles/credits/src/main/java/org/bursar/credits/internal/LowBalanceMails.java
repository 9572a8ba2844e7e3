package org.bursar.credits.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.bursar.credits.internal.sql.LowBalanceMapper;
import org.bursar.credits.internal.sql.LowBalanceMapper.FallenRow;
import org.bursar.database.Database;
import org.bursar.identity.UserSummary;
import org.bursar.identity.Users;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.mail.Mail;
import org.bursar.mail.Outbox;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells customers' admins whose balance has fallen below what they named: once each time it falls, and not twice within an hour however
 * it goes up and down. That it was told is marked in the transaction that stores the mail; whoever posts knows nothing of it.
 */
@Component(service = RecurringJob.class)
public final class LowBalanceMails implements RecurringJob {
    private static final Logger LOG = LoggerFactory.getLogger(LowBalanceMails.class);
    private static final Duration REST = Duration.ofHours(1);

    private final Database database;
    private final TenantDirectory tenants;
    private final Users users;
    private final Outbox outbox;
    private final Clock clock;
    private final LowBalanceMapper mapper;
    private final Properties texts = texts();

    @Activate
    public LowBalanceMails(
            @Reference Database database,
            @Reference TenantDirectory tenants,
            @Reference Users users,
            @Reference Outbox outbox,
            @Reference Clock clock) {
        this.database = database;
        this.tenants = tenants;
        this.users = users;
        this.outbox = outbox;
        this.clock = clock;
        mapper = database.mapper("credits", LowBalanceMapper.class);
    }

    private static Properties texts() {
        try (InputStream in =
                Objects.requireNonNull(LowBalanceMails.class.getResourceAsStream("/text/mails.properties"))) {
            Properties read = new Properties();
            read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "low-balance-mails";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        for (TenantId tenant : tenants.all()) {
            Scope scope = Scope.of(tenant, Actor.system(name()));
            try {
                database.run(scope, () -> tell(scope));
            } catch (RuntimeException e) {
                // what was not marked is found by the next run; another tenant must not wait for it
                LOG.warn("the low balances of tenant {} could not be told of", tenant, e);
            }
        }
    }

    private void tell(Scope scope) {
        mapper.rise(scope.tenant(), clock.instant().minus(REST));
        List<FallenRow> fallen = mapper.fall(scope.tenant(), clock.instant());
        if (fallen.isEmpty()) {
            return;
        }
        Map<CustomerId, UserSummary> admins =
                users.admins(scope, fallen.stream().map(FallenRow::customer).toList());
        for (FallenRow row : fallen) {
            UserSummary admin = admins.get(row.customer());
            if (admin != null) {
                outbox.put(
                        scope,
                        new Mail(
                                "low-balance",
                                admin.email(),
                                text("low-balance.subject"),
                                text(
                                        "low-balance.text",
                                        admin.name(),
                                        Decimals.text(row.balance()),
                                        row.unit(),
                                        Decimals.text(row.below())),
                                Optional.of(row.customer())));
            }
        }
    }

    private String text(String key, String... arguments) {
        String text = texts.getProperty(key, key);
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", arguments[i]);
        }
        return text;
    }
}

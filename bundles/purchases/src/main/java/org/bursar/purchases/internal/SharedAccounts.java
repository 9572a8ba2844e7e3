package org.bursar.purchases.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.bursar.database.Database;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.SharedEndpoint;
import org.bursar.purchases.internal.sql.InstanceMapper;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whose an account is, at providers where the platform's key acts on the accounts of tenants and one address of the platform's gets
 * all their webhooks. The platform's admins assign it, to one tenant at a time: whoever could name an account would have the
 * payments, refunds and webhooks of whomever it belongs to.
 */
@Component(service = SharedAccounts.class)
public final class SharedAccounts {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private final GatewayCalls calls;
    private final InstanceMapper mapper;

    @Activate
    public SharedAccounts(@Reference Database database, @Reference GatewayCalls calls) {
        this.database = database;
        this.calls = calls;
        mapper = database.mapper("purchases", InstanceMapper.class);
    }

    /** Whether the gateway's webhooks come to an address of the platform's; not inside a transaction. */
    boolean shared(String gateway) {
        GatewayOutcome<Boolean> outcome =
                calls.call(gateway, PATIENCE, (service, deadline) -> service instanceof SharedEndpoint);
        return outcome instanceof GatewayOutcome.Answered<Boolean> answered && answered.value();
    }

    /**
     * Gives a tenant the account that the platform's admins name, and takes back the one that it had before; in the transaction that
     * stores the settings.
     *
     * @throws ProblemException {@code invalid} when another tenant has it
     */
    void assign(Scope scope, String gateway, @Nullable String account) {
        if (scope.tenant().equals(Scope.PLATFORM)) {
            return;
        }
        Scope platform = Scope.platform(scope.actor());
        database.run(platform, () -> {
            String named = account == null ? "" : account;
            mapper.disown(platform.tenant(), gateway, scope.tenant().uuid(), named);
            if (!named.isEmpty()
                    && mapper.own(
                                    platform.tenant(),
                                    gateway,
                                    named,
                                    scope.tenant().uuid())
                            == 0) {
                throw reserved("another tenant of the platform's has this account");
            }
        });
    }

    /**
     * Checks what a tenant's own people send. Settings with an assigned account hold the platform's key, which they could turn to other
     * uses without knowing it, so all of them are the platform's.
     *
     * @throws ProblemException {@code forbidden} when the present account is an assigned one, {@code invalid} when the new one is not
     */
    void require(Scope scope, String gateway, @Nullable String present, @Nullable String wanted) {
        if (scope.tenant().equals(Scope.PLATFORM)) {
            return;
        }
        if (present != null && assigned(scope, gateway, present)) {
            throw new ProblemException(
                    Problems.FORBIDDEN,
                    "The platform has assigned this account and its own key; only the platform's admins change these settings.");
        }
        if (wanted != null && !assigned(scope, gateway, wanted)) {
            throw reserved("accounts are assigned by the platform's admins, who enter them here");
        }
    }

    private boolean assigned(Scope scope, String gateway, String account) {
        Scope platform = Scope.platform(scope.actor());
        Optional<UUID> owner = database.transact(platform, () -> mapper.owner(platform.tenant(), gateway, account));
        return owner.equals(Optional.of(scope.tenant().uuid()));
    }

    private static ProblemException reserved(String detail) {
        return new ProblemException(Problems.invalid("/" + SharedEndpoint.ACCOUNT, FieldProblems.RESERVED, detail));
    }
}

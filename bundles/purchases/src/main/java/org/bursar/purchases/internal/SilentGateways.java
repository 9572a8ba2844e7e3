package org.bursar.purchases.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.GatewayException.Kind;

/**
 * Who is left alone for the rest of a job's run, so that the others do not wait for it. Three times in a row without what was asked
 * for end a tenant's turn at its gateway. A gateway as a whole is left alone once it answered nothing to three tenants in a row; what
 * it refuses is a tenant's own affair (a revoked key, settings of the other mode), and tells that the gateway is there.
 */
final class SilentGateways {
    private static final int PATIENCE = 3;

    /** What came of a question. */
    enum Told {
        /** What was asked for. */
        SOMETHING,
        /** That this tenant may not ask so. */
        REFUSED,
        /** Nothing: it hangs, fails, or is not there. */
        NOTHING;

        static Told of(GatewayOutcome<?> outcome) {
            if (outcome instanceof GatewayOutcome.Answered<?>) {
                return SOMETHING;
            }
            return outcome instanceof GatewayOutcome.Refused<?> refused && refused.kind() != Kind.NOT_EXECUTED
                    ? REFUSED
                    : NOTHING;
        }
    }

    private record Asking(TenantId tenant, String gateway) {}

    private final Map<Asking, Integer> inARow = new HashMap<>();
    private final Set<Asking> alone = new HashSet<>();
    private final Map<String, Set<TenantId>> unanswered = new HashMap<>();
    private final Set<String> silent = new HashSet<>();

    synchronized void told(TenantId tenant, String gateway, Told told) {
        Asking asking = new Asking(tenant, gateway);
        if (told == Told.SOMETHING) {
            inARow.remove(asking);
        } else if (inARow.merge(asking, 1, Integer::sum) >= PATIENCE) {
            alone.add(asking);
        }
        Set<TenantId> those = unanswered.computeIfAbsent(gateway, key -> new HashSet<>());
        if (told != Told.NOTHING) {
            those.clear();
        } else if (those.add(tenant) && those.size() >= PATIENCE) {
            silent.add(gateway);
        }
    }

    synchronized boolean leavesAlone(TenantId tenant, String gateway) {
        return silent.contains(gateway) || alone.contains(new Asking(tenant, gateway));
    }

    /** The gateways that are not asked for a tenant any more. */
    synchronized String[] of(TenantId tenant) {
        return Stream.concat(
                        silent.stream(),
                        alone.stream()
                                .filter(asking -> asking.tenant().equals(tenant))
                                .map(Asking::gateway))
                .collect(Collectors.toSet())
                .toArray(String[]::new);
    }
}

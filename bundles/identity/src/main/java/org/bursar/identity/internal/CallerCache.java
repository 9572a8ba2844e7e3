package org.bursar.identity.internal;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.bursar.kernel.ApiKeyId;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.rest.Caller;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * Who is behind the tokens that were used within the last second. An entry is believed for a second at most, which is
 * how soon
 * other nodes notice a revocation; on this node it is dropped with the commit. A look-up that began before a drop is
 * not kept:
 * it may have read what the drop was about.
 */
@Component(service = CallerCache.class)
public final class CallerCache {
    private static final long BELIEVED_NANOS = 1_000_000_000L;
    private static final long FRESH_NANOS = 500_000_000L;
    private static final int MOST = 20_000;

    private final Map<Key, Known> entries = new ConcurrentHashMap<>();
    private final AtomicLong drops = new AtomicLong();

    /** A token's hash as a map's key. */
    record Key(long a, long b, long c, long d) {
        static Key of(byte[] hash) {
            ByteBuffer buffer = ByteBuffer.wrap(hash);
            return new Key(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
        }
    }

    /**
     * Who a token belongs to.
     *
     * @param caller as it is without a tenant that is named apart
     * @param memberships of a platform user: what it may in which tenant
     * @param endsAtMillis when the session ends by itself
     */
    record Known(
            TenantId tenant,
            Optional<UserId> user,
            Optional<ApiKeyId> apiKey,
            Optional<CustomerId> customer,
            Caller caller,
            Map<TenantId, Set<String>> memberships,
            long endsAtMillis,
            long readNanos,
            AtomicBoolean refreshing) {}

    /** An entry that is still believed. */
    @Nullable
    Known get(Key key, long nanos) {
        Known known = entries.get(key);
        return known != null && nanos - known.readNanos() < BELIEVED_NANOS ? known : null;
    }

    /** Whether this thread is the one to look again while the others still believe. */
    static boolean dueForRefresh(Known known, long nanos) {
        return nanos - known.readNanos() > FRESH_NANOS && known.refreshing().compareAndSet(false, true);
    }

    /** To be read before the database is. */
    long drops() {
        return drops.get();
    }

    void put(Key key, Known known, long dropsBefore) {
        if (entries.size() >= MOST) {
            long nanos = System.nanoTime();
            entries.values().removeIf(old -> nanos - old.readNanos() >= BELIEVED_NANOS);
            if (entries.size() >= MOST) {
                entries.clear();
            }
        }
        entries.put(key, known);
        if (drops.get() != dropsBefore) {
            entries.remove(key, known);
        }
    }

    void remove(Key key) {
        drops.incrementAndGet();
        entries.remove(key);
    }

    /** Forgets at once. */
    void drop(Predicate<Known> which) {
        drops.incrementAndGet();
        entries.values().removeIf(which);
    }

    void dropUser(UserId user) {
        drop(known -> known.user().filter(user::equals).isPresent());
    }

    void dropCustomer(TenantId tenant, CustomerId customer) {
        drop(known -> known.tenant().equals(tenant)
                && (known.customer().filter(customer::equals).isPresent()
                        || known.caller()
                                .customers()
                                .filter(seen -> seen.contains(customer))
                                .isPresent()));
    }

    void dropTenant(TenantId tenant) {
        drop(known -> known.tenant().equals(tenant));
    }
}

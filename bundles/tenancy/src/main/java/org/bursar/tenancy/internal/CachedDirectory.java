package org.bursar.tenancy.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.bursar.database.Database;
import org.bursar.identity.TenantAddress;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.tenancy.internal.sql.TenantMapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The directory, with what was looked up within the last second at hand. Changes on this node are seen with their
 * commit, those of
 * other nodes within that second.
 */
@Component(service = {TenantDirectory.class, TenantAddress.class, CachedDirectory.class})
public final class CachedDirectory implements TenantDirectory, TenantAddress {
    static final String SLUG = "SLUG";
    static final String HOST = "HOST";

    private static final long BELIEVED_NANOS = 1_000_000_000L;
    private static final long FRESH_NANOS = 500_000_000L;
    private static final int MOST = 20_000;

    private final Database database;
    private final TenantMapper mapper;
    private final Map<Object, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicLong drops = new AtomicLong();

    @Activate
    public CachedDirectory(@Reference Database database) {
        this.database = database;
        this.mapper = database.mapper("tenancy", TenantMapper.class);
    }

    /** What was read, of which one asker finds out in good time whether it is still so while the others believe it. */
    private record Answer(Optional<TenantId> tenant, long readNanos, AtomicBoolean refreshing) {
        boolean believed(long nanos) {
            long age = nanos - readNanos;
            return age < FRESH_NANOS || age < BELIEVED_NANOS && !refreshing.compareAndSet(false, true);
        }
    }

    @Override
    public Optional<TenantId> bySlug(String slug) {
        return Slugs.possible(slug)
                ? cached(SLUG + slug, () -> database.withoutTenant(() -> mapper.find(SLUG, slug)))
                : Optional.empty();
    }

    @Override
    public Optional<TenantId> byHost(String host) {
        if (host.endsWith(Hosts.LOCAL)) {
            return bySlug(host.substring(0, host.length() - Hosts.LOCAL.length()));
        }
        return Hosts.possible(host)
                ? cached(HOST + host, () -> database.withoutTenant(() -> mapper.find(HOST, host)))
                : Optional.empty();
    }

    @Override
    public boolean exists(TenantId tenant) {
        return cached(
                        "ID" + tenant,
                        () -> database.withoutTenant(() -> mapper.nameOf(tenant, SLUG))
                                .map(slug -> tenant))
                .isPresent();
    }

    /** Asked with each request, so the key is the id itself; the row is the tenant's own. */
    @Override
    public boolean suspended(TenantId tenant) {
        return cached(
                        tenant,
                        () -> database.transact(
                                Scope.of(tenant, Actor.system("directory")), () -> mapper.suspended(tenant)))
                .isPresent();
    }

    @Override
    public List<TenantId> all() {
        return database.withoutTenant(mapper::all);
    }

    @Override
    public List<String> slugs() {
        return database.withoutTenant(mapper::slugs);
    }

    @Override
    public Optional<String> host(TenantId tenant) {
        return database.withoutTenant(() ->
                mapper.nameOf(tenant, HOST).or(() -> mapper.nameOf(tenant, SLUG).map(slug -> slug + Hosts.LOCAL)));
    }

    private Optional<TenantId> cached(Object key, Supplier<Optional<TenantId>> look) {
        Answer answer = answers.get(key);
        long nanos = System.nanoTime();
        if (answer != null && answer.believed(nanos)) {
            return answer.tenant();
        }
        if (database.inTransaction()) {
            // it may see what is not committed yet, so nobody else shall
            return look.get();
        }
        long before = drops.get();
        Answer fresh = new Answer(look.get(), nanos, new AtomicBoolean());
        if (answers.size() >= MOST) {
            // strangers may ask for any host
            answers.clear();
        }
        answers.put(key, fresh);
        if (drops.get() != before) {
            answers.remove(key, fresh);
        }
        return fresh.tenant();
    }

    /** Forgets everything once the transaction of this thread has committed. */
    void changed() {
        database.afterCommit(() -> {
            drops.incrementAndGet();
            answers.clear();
        });
    }
}

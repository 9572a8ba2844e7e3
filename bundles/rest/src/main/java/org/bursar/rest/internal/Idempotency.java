package org.bursar.rest.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.bursar.database.Database;
import org.bursar.database.DatabaseException;
import org.bursar.database.Secrets;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Outcome;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.RecurringJob;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.rest.RestProblems;
import org.bursar.rest.SharedEffect;
import org.bursar.rest.SharedEffect.Done;
import org.bursar.rest.SharedEffect.Part;
import org.bursar.rest.internal.sql.IdempotencyMapper;
import org.bursar.rest.internal.sql.IdempotencyMapper.Claim;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Makes a POST happen once for its Idempotency-Key. Keys are kept for 24 hours at least. */
@Component(service = {Idempotency.class, RecurringJob.class})
public final class Idempotency implements RecurringJob, SharedEffect.Keys {
    private static final Duration KEPT = Duration.ofHours(24);

    private final Database database;
    private final Secrets secrets;
    private final Clock clock;
    private final IdempotencyMapper mapper;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile @Nullable TenantDirectory directory;

    @Activate
    public Idempotency(@Reference Database database, @Reference Secrets secrets, @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
        mapper = database.mapper("rest", IdempotencyMapper.class);
    }

    /** The resource that the effect was done to, and whether an earlier request did it. */
    record Answered(String resourceId, boolean replayed) {}

    /** Runs an effect in a transaction, once for the key. Without a key it simply runs. */
    Answered once(Scope scope, @Nullable Key key, Supplier<String> effect) {
        if (key == null) {
            return new Answered(database.transact(scope, effect), false);
        }
        byte[] bodyHash = secrets.mac("idempotency", key.body());
        byte[] keyHash = key.hash();
        try {
            return database.transact(scope, () -> {
                Claim claim = mapper.claim(
                        scope.tenant(), keyHash, ByteBuffer.wrap(keyHash).getLong());
                if (claim.resourceId() != null) {
                    return replay(claim, bodyHash);
                }
                if (!claim.free()) {
                    throw new ProblemException(
                            RestProblems.REQUEST_IN_PROGRESS,
                            "The first request with this Idempotency-Key has not ended yet.");
                }
                String id = effect.get();
                mapper.remember(scope.tenant(), keyHash, bodyHash, id, clock.instant());
                return new Answered(id, false);
            });
        } catch (DatabaseException e) {
            if (!e.duplicate("idempotency_key")) {
                throw e;
            }
            // another node was first; its row is committed, since ours waited for it
            Claim claim = database.transact(scope, () -> mapper.find(scope.tenant(), keyHash));
            if (claim == null) {
                throw e;
            }
            return replay(claim, bodyHash);
        }
    }

    static Answered replay(Claim claim, byte[] bodyHash) {
        if (!MessageDigest.isEqual(bodyHash, claim.bodyHash())) {
            throw new ProblemException(
                    RestProblems.IDEMPOTENCY_KEY_REUSED, "The Idempotency-Key was sent before with another body.");
        }
        return new Answered(String.valueOf(claim.resourceId()), true);
    }

    @Override
    public <P, R> List<Outcome<Done<R>>> once(List<Part<P>> parts, SharedEffect<P, R> effect) {
        Scope scope = parts.get(0).scope();
        List<P> wanted = parts.stream().map(Part::wanted).toList();
        SharedKeys keys = new SharedKeys(mapper, secrets, scope.tenant(), parts);
        try {
            return database.transact(scope, () -> keys.once(scope, effect, wanted, clock.instant()));
        } catch (DatabaseException e) {
            // of several each comes alone after this
            if (parts.size() > 1 || !e.duplicate("idempotency_key")) {
                throw e;
            }
            return database.transact(scope, keys::<R>known).orElseThrow(() -> e);
        }
    }

    @Override
    public String name() {
        return "idempotency-cleanup";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        forget(Scope.PLATFORM);
        TenantDirectory tenants = directory;
        if (tenants != null) {
            tenants.all().forEach(this::forget);
        }
    }

    private void forget(TenantId tenant) {
        Instant before = clock.instant().minus(KEPT);
        database.transact(Scope.of(tenant, Actor.system(name())), () -> mapper.forget(tenant, before));
    }

    /**
     * A key as it was sent.
     *
     * @param place caller, method and path: the same key elsewhere is another key
     */
    record Key(String value, String place, byte[] body) {
        byte[] hash() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(place.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
                return digest.digest(value.getBytes(StandardCharsets.UTF_8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

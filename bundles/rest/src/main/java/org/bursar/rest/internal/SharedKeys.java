package org.bursar.rest.internal;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bursar.database.Secrets;
import org.bursar.kernel.Outcome;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.rest.RestProblems;
import org.bursar.rest.SharedEffect;
import org.bursar.rest.SharedEffect.Done;
import org.bursar.rest.SharedEffect.Part;
import org.bursar.rest.internal.sql.IdempotencyMapper;
import org.bursar.rest.internal.sql.IdempotencyMapper.Claim;
import org.jspecify.annotations.Nullable;

/** The Idempotency-Keys of requests that share a transaction. */
final class SharedKeys {
    private final IdempotencyMapper mapper;
    private final TenantId tenant;
    private final List<Hashed> hashed = new ArrayList<>();

    /** A key as it is stored; null for a request without one. */
    private record Hashed(byte @Nullable [] key, byte @Nullable [] body) {
        byte[] knownKey() {
            return Objects.requireNonNull(key);
        }

        byte[] knownBody() {
            return Objects.requireNonNull(body);
        }
    }

    <P> SharedKeys(IdempotencyMapper mapper, Secrets secrets, TenantId tenant, List<Part<P>> parts) {
        this.mapper = mapper;
        this.tenant = tenant;
        for (Part<P> part : parts) {
            hashed.add(
                    part.key() instanceof Idempotency.Key key
                            ? new Hashed(key.hash(), secrets.mac("idempotency", key.body()))
                            : new Hashed(null, null));
        }
    }

    private List<Hashed> keyed() {
        return hashed.stream().filter(each -> each.key() != null).toList();
    }

    /** Runs the parts whose keys are new and remembers these, in the transaction of the calling thread. */
    <P, R> List<Outcome<Done<R>>> once(Scope scope, SharedEffect<P, R> effect, List<P> wanted, Instant now) {
        List<@Nullable Outcome<Done<R>>> outcomes = new ArrayList<>(Collections.nCopies(wanted.size(), null));
        answerKnown(outcomes);
        List<Integer> places = new ArrayList<>();
        List<P> fresh = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (outcomes.get(i) == null) {
                places.add(i);
                fresh.add(wanted.get(i));
            }
        }
        if (!fresh.isEmpty()) {
            List<Outcome<R>> results = effect.run(scope, fresh);
            if (results.size() != fresh.size()) {
                throw new IllegalStateException(results.size() + " outcomes of " + fresh.size() + " parts");
            }
            Map<Integer, String> done = new HashMap<>();
            for (int i = 0; i < results.size(); i++) {
                int place = places.get(i);
                Optional<ProblemException> refusal = results.get(i).refusal();
                if (refusal.isPresent()) {
                    outcomes.set(place, Outcome.refused(refusal.get()));
                } else {
                    R result = results.get(i).get();
                    String id = effect.idOf(result);
                    outcomes.set(place, Outcome.done(new Done<>(id, result)));
                    done.put(place, id);
                }
            }
            remember(done, now);
        }
        return outcomes.stream().map(Objects::requireNonNull).toList();
    }

    private <R> void answerKnown(List<@Nullable Outcome<Done<R>>> outcomes) {
        List<Hashed> keyed = keyed();
        if (keyed.isEmpty()) {
            return;
        }
        List<Claim> claims = mapper.claimAll(
                tenant,
                keyed.stream().map(Hashed::knownKey).toArray(byte[][]::new),
                keyed.stream()
                        .map(each -> ByteBuffer.wrap(each.knownKey()).getLong())
                        .toArray(Long[]::new));
        Map<ByteBuffer, Integer> firsts = new HashMap<>();
        int next = 0;
        for (int i = 0; i < hashed.size(); i++) {
            Hashed each = hashed.get(i);
            if (each.key() == null) {
                continue;
            }
            Claim claim = claims.get(next++);
            if (claim.resourceId() != null) {
                outcomes.set(i, replayed(claim, each));
            } else if (!claim.free() || firsts.putIfAbsent(ByteBuffer.wrap(each.knownKey()), i) != null) {
                outcomes.set(
                        i,
                        Outcome.refused(new ProblemException(
                                RestProblems.REQUEST_IN_PROGRESS,
                                "The first request with this Idempotency-Key has not ended yet.")));
            }
        }
    }

    private static <R> Outcome<Done<R>> replayed(Claim claim, Hashed each) {
        try {
            return Outcome.done(
                    new Done<>(Idempotency.replay(claim, each.knownBody()).resourceId(), null));
        } catch (ProblemException reused) {
            return Outcome.refused(reused);
        }
    }

    private void remember(Map<Integer, String> done, Instant now) {
        List<Integer> keyed = done.keySet().stream()
                .filter(place -> hashed.get(place).key() != null)
                .sorted()
                .toList();
        if (!keyed.isEmpty()) {
            mapper.rememberAll(
                    tenant,
                    keyed.stream().map(place -> hashed.get(place).knownKey()).toArray(byte[][]::new),
                    keyed.stream().map(place -> hashed.get(place).knownBody()).toArray(byte[][]::new),
                    keyed.stream().map(done::get).toArray(String[]::new),
                    now);
        }
    }

    /** What the only key did, when another node was first; its row is committed, since ours waited for it. */
    <R> Optional<List<Outcome<Done<R>>>> known() {
        Hashed only = hashed.get(0);
        Claim claim = mapper.find(tenant, only.knownKey());
        return claim == null ? Optional.empty() : Optional.of(List.of(replayed(claim, only)));
    }
}

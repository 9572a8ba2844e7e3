package org.bursar.rest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bursar.database.GroupCommit;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Outcome;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What a POST does, for all requests at once that came while the transaction before was being committed, so that a crowd costs a
 * few transactions and not one each. A capability makes one for its lifetime and gives it to {@link Call#once(SharedEffect, Object,
 * Function, Function)}. Requests share a transaction only when they see the same rows: the same tenant and the same customers.
 *
 * @param <P> what one request asks for
 * @param <R> what one request gets
 */
public final class SharedEffect<P, R> {
    private static final int MOST = 200;

    private final Work<P, R> work;
    private final Function<R, String> id;
    private final GroupCommit<Sight, Part<P>, Outcome<Done<R>>> line;

    /**
     * Nothing waits yet.
     *
     * @param id gives the id of the resource that a result is of
     */
    public SharedEffect(Work<P, R> work, Function<R, String> id) {
        this.work = work;
        this.id = id;
        line = new GroupCommit<>(
                MOST,
                part -> 1,
                (sight, parts, committing) -> parts.get(0).keys().once(parts, this));
    }

    /** Does it, in the transaction of the calling thread. */
    @FunctionalInterface
    public interface Work<P, R> {
        /**
         * Does what each part asks for.
         *
         * @param scope what they all see; its actor is that of any of them
         * @return what became of each part, in the same order; what is thrown undoes all of them
         */
        List<Outcome<R>> run(Scope scope, List<P> parts);
    }

    /** What requests of one transaction see. */
    private record Sight(TenantId tenant, Optional<Set<CustomerId>> customers) {}

    /** Sees to it that each key does its part once; what implements {@link Call} has one. */
    public interface Keys {
        /** Runs the parts whose keys are new in one transaction with the rows that remember these; answers for each part. */
        <P, R> List<Outcome<Done<R>>> once(List<Part<P>> parts, SharedEffect<P, R> effect);
    }

    /** One request's part; the key is of the kind that {@code keys} knows, null without one. */
    public record Part<P>(Scope scope, P wanted, @Nullable Object key, Keys keys) {}

    /** What was done to which resource; the result is null when an earlier request did it. */
    public record Done<R>(String resourceId, @Nullable R result) {}

    /** Runs a part, alone or with others, and answers when it is committed. */
    public Outcome<Done<R>> submit(Part<P> part) {
        return line.submit(new Sight(part.scope().tenant(), part.scope().customers()), part);
    }

    /** Does what the parts want. To be called within the transaction. */
    public List<Outcome<R>> run(Scope scope, List<P> wanted) {
        return work.run(scope, wanted);
    }

    /** The id of the resource that a result is of. */
    public String idOf(R result) {
        return id.apply(result);
    }
}

package org.bursar.kernel;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one of several things that are done in one transaction: a result, or a refusal that is a value and not thrown,
 * since it must not undo the others.
 *
 * @param <T> a result
 */
public final class Outcome<T> {
    private final @Nullable T result;
    private final @Nullable ProblemException refusal;

    private Outcome(@Nullable T result, @Nullable ProblemException refusal) {
        this.result = result;
        this.refusal = refusal;
    }

    /** It was done. */
    public static <T> Outcome<T> done(T result) {
        return new Outcome<>(Objects.requireNonNull(result), null);
    }

    /** It was not done, and nothing is left of it. */
    public static <T> Outcome<T> refused(ProblemException refusal) {
        return new Outcome<>(null, Objects.requireNonNull(refusal));
    }

    /** Why it was refused; empty when it was done. */
    public Optional<ProblemException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /**
     * The result.
     *
     * @throws ProblemException the refusal, when there is one
     */
    public T get() {
        if (refusal != null) {
            throw refusal;
        }
        return Objects.requireNonNull(result);
    }
}

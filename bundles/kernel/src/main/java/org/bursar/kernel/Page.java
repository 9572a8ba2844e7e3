package org.bursar.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next where the next page begins, opaque; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {
    /** The most that one page may hold. */
    public static final int MOST = 200;

    /** What a page holds when the caller does not say. */
    public static final int USUAL = 50;

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Which page is asked for.
     *
     * @param limit 1 to {@value Page#MOST}
     * @param after the {@code next} of the page before; null for the first
     */
    public record Request(int limit, @Nullable String after) {
        public Request {
            if (limit < 1 || limit > MOST) {
                throw new ProblemException(
                        Problems.invalid("/limit", FieldProblems.OUT_OF_RANGE, "limit is 1 to " + MOST));
            }
        }

        /** The first page, of usual size. */
        public static Request first() {
            return new Request(USUAL, null);
        }
    }

    /**
     * Cuts a page from rows of which one more than the limit was asked for.
     *
     * @param cursor the cursor of a row, as {@link Cursor#encode} writes it
     */
    public static <T> Page<T> of(List<T> rows, Request request, Function<T, String> cursor) {
        if (rows.size() <= request.limit()) {
            return new Page<>(rows, null);
        }
        List<T> items = rows.subList(0, request.limit());
        return new Page<>(items, cursor.apply(items.get(items.size() - 1)));
    }

    /** The same page of other things. */
    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        List<R> changed = new ArrayList<>(items.size());
        for (T item : items) {
            changed.add(change.apply(item));
        }
        return new Page<>(changed, next);
    }
}

package org.bursar.rest.internal;

import jakarta.servlet.ServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.rest.RestProblems;

/**
 * A request's body up to a limit, in bytes and in time: a client that sends a byte now and then would hold a thread for hours.
 * What is more than small takes its share of the budget until the request has ended.
 */
final class BoundedBody extends FilterInputStream {
    private static final String ATTRIBUTE = BoundedBody.class.getName();
    private static final long LONGEST_SECONDS = 20;

    private final int limit;
    private final long size;
    private final BodyBudget budget;
    private long count;
    private int taken;
    private long startNanos = System.nanoTime();

    /** @param announced the Content-Length, or less than 0 */
    private BoundedBody(InputStream body, int limit, long announced, BodyBudget budget) {
        super(body);
        this.limit = limit;
        this.size = announced < 0 ? limit : announced;
        this.budget = budget;
    }

    /**
     * The body of a request, which {@link #end} must be called for.
     *
     * @param attributes sets the request's
     */
    static BoundedBody of(
            BiConsumer<String, Object> attributes, InputStream body, int limit, long announced, BodyBudget budget) {
        if (announced > limit) {
            throw tooLarge(limit);
        }
        BoundedBody bounded = new BoundedBody(body, limit, announced, budget);
        attributes.accept(ATTRIBUTE, bounded);
        return bounded;
    }

    /** Gives back what the request's body has taken; to be called in the end, however it ended. */
    static void end(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof BoundedBody body && body.taken > 0) {
            body.budget.giveBack(body.taken);
            body.taken = 0;
        }
    }

    private static ProblemException tooLarge(int limit) {
        return new ProblemException(Problems.TOO_LARGE, "A body has at most " + limit + " bytes.");
    }

    private void counted(long bytes) {
        count += Math.max(bytes, 0);
        if (count > limit) {
            throw tooLarge(limit);
        }
        if (System.nanoTime() - startNanos > TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)) {
            throw new ProblemException(
                    RestProblems.BODY_TOO_SLOW, "The body took longer than " + LONGEST_SECONDS + " s.");
        }
        if (taken == 0 && count > BodyBudget.SMALL_BYTES) {
            // in one go: two who wait for each other's second share would wait for ever
            taken = budget.take(size);
            // the wait for the budget was ours
            startNanos = System.nanoTime();
        }
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        counted(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        counted(read);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        counted(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

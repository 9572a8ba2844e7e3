package org.bursar.rest.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;

/** A request body that ends with a refusal once it is longer than the limit, whatever Content-Length said. */
final class BoundedBody extends FilterInputStream {
    private final int limit;
    private long count;

    BoundedBody(InputStream body, int limit) {
        super(body);
        this.limit = limit;
    }

    static ProblemException tooLarge(int limit) {
        return new ProblemException(Problems.TOO_LARGE, "A body has at most " + limit + " bytes.");
    }

    private void counted(long bytes) {
        count += Math.max(bytes, 0);
        if (count > limit) {
            throw tooLarge(limit);
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

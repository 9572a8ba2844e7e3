package org.bursar.jobs.internal;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How often a job has run and how often that failed; kept with the job as {@code "runs failures"}. */
record Tally(long runs, long failures) {
    static final Tally NONE = new Tally(0, 0);

    Tally succeeded() {
        return new Tally(runs + 1, failures);
    }

    Tally failed() {
        return new Tally(runs + 1, failures + 1);
    }

    static Tally of(byte @Nullable [] stored) {
        if (stored == null) {
            return NONE;
        }
        String[] parts = new String(stored, StandardCharsets.US_ASCII).split(" ", -1);
        return new Tally(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    byte[] stored() {
        return (runs + " " + failures).getBytes(StandardCharsets.US_ASCII);
    }

    /** Not Java's serialization, which is the scheduler's default. */
    static final class Text implements Serializer {
        @Override
        public byte @Nullable [] serialize(@Nullable Object data) {
            return data == null ? null : ((Tally) data).stored();
        }

        @Override
        public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] stored) {
            return stored == null ? null : type.cast(of(stored));
        }
    }
}

package org.bursar.testing.stripe;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Remembers what was answered to a key: the same request gets the same answer, another one an error. */
final class Keys {
    private final Map<String, Entry> entries = new HashMap<>();

    private record Entry(String request, @Nullable Answer answer) {}

    record Kept(Answer answer, boolean replayed) {}

    Kept answer(FakeStripe.Recorded request, Supplier<Answer> work) {
        String key = request.idempotencyKey();
        if (key.isEmpty()) {
            return new Kept(work.get(), false);
        }
        String whole = request.method() + ' ' + request.path() + ' ' + request.form();
        synchronized (this) {
            Entry entry = entries.get(key);
            if (entry != null && !entry.request().equals(whole)) {
                return new Kept(
                        Answer.error(
                                400,
                                "idempotency_error",
                                "",
                                "",
                                "Keys for idempotent requests can only be used with the same parameters"),
                        false);
            }
            if (entry != null) {
                return entry.answer() == null
                        ? new Kept(
                                Answer.error(
                                        409,
                                        "invalid_request_error",
                                        "idempotency_key_in_use",
                                        "",
                                        "another request with the key is in progress"),
                                false)
                        : new Kept(entry.answer(), true);
            }
            entries.put(key, new Entry(whole, null));
        }
        Answer answer = work.get();
        synchronized (this) {
            // what was refused before anything began is not remembered
            if (answer.status() == 400 || answer.status() == 404) {
                entries.remove(key);
            } else {
                entries.put(key, new Entry(whole, answer));
            }
        }
        return new Kept(answer, false);
    }

    /** As after a day. */
    synchronized void forget() {
        entries.clear();
    }
}

package org.bursar.testing.stripe;

import java.time.Duration;

/** What goes wrong with a request. */
public sealed interface Fault {
    /** It is done, and the answer is lost. */
    record Dropped() implements Fault {}

    /** It is done, and the answer is 500; the same key is answered 500 for ever. */
    record FailedAfter() implements Fault {}

    /** Nothing is done and the answer is 500; the same key is answered 500 for ever. */
    record Failed() implements Fault {}

    /** Nothing is done: too many requests. */
    record TooMany(int retryAfterSeconds) implements Fault {}

    /** It is done at once and answered late. */
    record Delayed(Duration time) implements Fault {}

    /** It is done at once; the answer's body drips, a byte each tenth of a second. */
    record Dripping() implements Fault {}

    /** It is done; the answer shows the other mode. */
    record WrongMode() implements Fault {}

    /** It is done; the answer is a page of some proxy's. */
    record NoJson(int status) implements Fault {}

    /** It is done; the answer shows a text in place of another. */
    record Changed(String text, String into) implements Fault {}
}

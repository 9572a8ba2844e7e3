package org.bursar.itests;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bursar.itests.Http.Answer;

/**
 * A program that uses the platform as docs/api.md tells it to: while it does not know what became of a write it sends it again
 * with the same key, until it is answered.
 */
class Client {
    private static final Pattern NAME = Pattern.compile("%([a-z0-9 -]+)%");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 50;

    /** What was answered in place of the real answer while the platform was away or coming back. */
    static final Set<String> MEANWHILE = new ConcurrentSkipListSet<>();

    private final URI address;
    private final Supplier<Http> admin;
    private final Map<String, String> known = new TreeMap<>();
    private Http signedIn;
    private int replacedKeys;

    Client(URI address, Supplier<Http> admin, String slug) {
        this.address = address;
        this.admin = admin;
        known.put("slug", slug);
    }

    String known(String name) {
        String value = known.get(name);
        if (value == null) {
            throw new AssertionError("no " + name + " yet");
        }
        return value;
    }

    /** How often a key was lost with its answer, so that it was revoked and another one made. */
    int replacedKeys() {
        return replacedKeys;
    }

    /** The tenant's program, once it has its key. */
    Http app() {
        return Http.at(address).bearer(known("key"));
    }

    Http administrator() {
        if (signedIn == null) {
            signedIn = admin.get();
        }
        return signedIn;
    }

    /** Writes until it is answered, and keeps of the answer what later writes need. */
    Answer write(Write write) {
        return write(write, address);
    }

    /** The same; the first try goes elsewhere, through something that breaks it off. */
    Answer write(Write write, URI first) {
        Answer answer = answered(write, first);
        if (answer.status() >= 300) {
            throw new AssertionError(
                    write + ": " + answer.request() + " answered " + answer.status() + " " + answer.text());
        }
        if (write.keeps().containsKey("key") && answer.json().path("key").isNull()) {
            // the key was shown in the answer that was lost: nobody knows it, so it is of no use
            replacedKeys++;
            caller(write, address)
                    .send("DELETE", "/api/v1/api-keys/" + answer.at("/id"), null, null)
                    .is(204);
            return write(write.again(write.name() + " again"), address);
        }
        write.keeps().forEach((name, pointer) -> known.put(name, answer.at(pointer)));
        return answer.json().path("status").asText().equals("created") ? decided(write) : answer;
    }

    /** A purchase whose checkout was cut off: the same request again says what came of it. */
    private Answer decided(Write write) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            pause(500);
            Answer answer = answered(write, address);
            if (!answer.json().path("status").asText().equals("created")) {
                return answer;
            }
        }
        throw new AssertionError(write + " stays unfinished");
    }

    /** The key of a write: one and the same for all its tries. */
    protected String key(Write write, int tries) {
        return known("slug") + " " + write.name();
    }

    /** Whether a write is sent again as long as nobody knows what became of it. */
    protected boolean patient(Write write) {
        return true;
    }

    private Answer answered(Write write, URI first) {
        String path = "/api/v1" + filled(write.path());
        String body = write.body() == null ? null : filled(write.body());
        boolean unknown = false;
        String tag = null;
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (int tries = 0; System.nanoTime() < until; tries++) {
            try {
                if (write.tag() != null && tag == null) {
                    tag = present(write);
                }
                Http http = caller(write, tries == 0 ? first : address);
                if (write.keyed()) {
                    http = http.with("Idempotency-Key", key(write, tries));
                }
                if (tag != null) {
                    http = http.with("If-Match", tag);
                }
                Answer answer = http.send(write.method(), path, write.contentType(), body);
                if (!passes(answer)) {
                    return unknown ? mine(write, answer) : answer;
                }
                MEANWHILE.add(answer.status() + " " + answer.header("Retry-After"));
            } catch (UncheckedIOException e) {
                MEANWHILE.add(String.valueOf(e.getCause()));
                if (!patient(write)) {
                    return new Answer(write.name(), 204, "null", null);
                }
            }
            unknown = true;
            pause(PAUSE_MILLIS);
        }
        throw new AssertionError(write + " was never answered");
    }

    /** The version that a write is to change. */
    private String present(Write write) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            try {
                Answer answer = caller(write, address).get("/api/v1" + filled(write.tag()));
                if (!passes(answer)) {
                    return answer.is(200).header("ETag");
                }
                MEANWHILE.add(answer.status() + " " + answer.header("Retry-After"));
            } catch (UncheckedIOException e) {
                MEANWHILE.add(String.valueOf(e.getCause()));
            }
            pause(PAUSE_MILLIS);
        }
        throw new AssertionError(write + " finds nothing to change");
    }

    /** Away for a moment, or the first try is still at work. */
    private static boolean passes(Answer answer) {
        return answer.status() == 503
                || answer.status() == 409 && answer.at("/code").equals("request_in_progress");
    }

    /** Without a key a refusal may be the first try's doing: the thing is read to tell. */
    private Answer mine(Write write, Answer refusal) {
        if (write.method().equals("DELETE") && refusal.status() == 404) {
            return new Answer(refusal.request(), 204, "null", refusal.response());
        }
        if (refusal.status() == 412 && write.proof() != null) {
            Answer now = caller(write, address).get("/api/v1" + filled(write.tag()));
            if (now.status() == 200
                    && now.at(write.proof().get(0)).equals(filled(write.proof().get(1)))) {
                return now;
            }
        }
        return refusal;
    }

    private Http caller(Write write, URI where) {
        if (!write.byAdmin()) {
            return app().through(where);
        }
        Http signed = administrator().through(where);
        return write.path().equals("/tenants") ? signed : signed.with("Bursar-Tenant", known("slug"));
    }

    /** Takes over what another client of the same tenant knows. */
    Client like(Client other) {
        known.putAll(other.known);
        signedIn = other.signedIn;
        return this;
    }

    Map<String, String> known() {
        return new HashMap<>(known);
    }

    String filled(String text) {
        Matcher names = NAME.matcher(text);
        return names.replaceAll(name -> Matcher.quoteReplacement(known(name.group(1))));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

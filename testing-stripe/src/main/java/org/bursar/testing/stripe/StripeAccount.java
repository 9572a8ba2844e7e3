package org.bursar.testing.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One account: its objects, its events, and the hands of those who act outside of any API: {@link Payer} and Stripe itself.
 * Guarded by its own lock, which requests take as well.
 */
public final class StripeAccount {
    private static final JsonNode FIXTURES = FakeStripe.fixtures();

    private final Clock clock;
    private final String id;
    private final boolean live;
    private final Keys keys = new Keys();
    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private final List<Consumer<ObjectNode>> listeners = new CopyOnWriteArrayList<>();
    private long counter;
    private volatile boolean heldBack;

    StripeAccount(Clock clock, String id, boolean live) {
        this.clock = clock;
        this.id = id;
        this.live = live;
    }

    /** Stripe's id of it. */
    public String id() {
        return id;
    }

    /** Whether real money would move. */
    public boolean live() {
        return live;
    }

    /** Whether Stripe takes payments for it; it does until it is told otherwise. */
    public void holdBack(boolean held) {
        heldBack = held;
    }

    /** The account itself, from Stripe's example. */
    ObjectNode itself() {
        ObjectNode account = FIXTURES.path("account").deepCopy();
        return account.put("id", id).put("charges_enabled", !heldBack);
    }

    Keys keys() {
        return keys;
    }

    /** Forgets every idempotency key, as Stripe does after a day. */
    public void forgetKeys() {
        keys.forget();
    }

    /** What payers and Stripe itself do. */
    public Payer payer() {
        return new Payer(this);
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    /** A new object of a resource, made from Stripe's example, kept by its id. */
    synchronized ObjectNode make(String resource, String prefix) {
        ObjectNode object = FIXTURES.path(resource).deepCopy();
        // as many digits as sort by age
        String newId =
                prefix + '_' + (live ? "live" : "test") + String.format("%014d", ++counter) + id.replace("acct_", "");
        object.put("id", newId).put("created", now());
        if (object.has("livemode")) {
            object.put("livemode", live);
        }
        object.set("metadata", JsonNodeFactory.instance.objectNode());
        objects.put(newId, object);
        return object;
    }

    /** An object by its id. */
    public synchronized Optional<ObjectNode> find(String objectId) {
        return Optional.ofNullable(objects.get(objectId));
    }

    ObjectNode get(String objectId, String param) {
        return find(objectId).orElseThrow(() -> StripeError.missing(param, objectId));
    }

    synchronized void remove(String objectId) {
        objects.remove(objectId);
    }

    /** Every object of a resource, oldest first. */
    public synchronized List<ObjectNode> all(String resource) {
        return objects.values().stream()
                .filter(object -> object.path("object").asText().equals(resource))
                .toList();
    }

    /** Every object of a resource that fits, oldest first. */
    public List<ObjectNode> all(String resource, Predicate<ObjectNode> which) {
        return all(resource).stream().filter(which).toList();
    }

    void onEvent(Consumer<ObjectNode> listener) {
        listeners.add(listener);
    }

    /** The events until now, oldest first. */
    public synchronized List<ObjectNode> events() {
        return List.copyOf(events);
    }

    /** Something happened to an object: an event shows it as it is now. */
    synchronized ObjectNode tell(String type, ObjectNode object) {
        ObjectNode event = FIXTURES.path("event").deepCopy();
        event.put("id", "evt_" + String.format("%014d", ++counter) + id.replace("acct_", ""))
                .put("type", type)
                .put("created", now())
                .put("livemode", live)
                .put("api_version", "2026-07-29.dahlia");
        event.putObject("data").set("object", Shown.of(this, object, JsonNodeFactory.instance.missingNode()));
        event.putObject("request").putNull("id").putNull("idempotency_key");
        events.add(event);
        listeners.forEach(listener -> listener.accept(event.deepCopy()));
        return event;
    }
}

package org.bursar.payments.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.StripeCollection;
import com.stripe.param.EventListParams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bursar.payments.spi.ChangeFeed.Changes;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.bursar.payments.spi.WebhookRejected;

/**
 * What changed, from Stripe's list of events, which goes back 30 days. The cursor is the last event that was read and is old enough:
 * events of the same moment may still be written beside a young one, so those are shown again.
 */
final class EventFeed {
    /** At most twenty may be asked for. Of payments those are left out that come with a session, or that we made ourselves. */
    private static final List<String> TYPES = List.of(
            "checkout.session.completed",
            "checkout.session.async_payment_succeeded",
            "checkout.session.async_payment_failed",
            "charge.refunded",
            "refund.created",
            "refund.updated",
            "refund.failed",
            "charge.dispute.created",
            "charge.dispute.updated",
            "charge.dispute.closed",
            "charge.dispute.funds_withdrawn",
            "charge.dispute.funds_reinstated",
            "review.opened",
            "review.closed",
            "invoice.paid",
            "invoice.payment_failed");

    private static final Duration FIRST = Duration.ofHours(24);
    private static final Duration OLD_ENOUGH = Duration.ofMinutes(1);
    private static final Pattern CURSOR = Pattern.compile("([A-Za-z0-9_]*)@([0-9]{1,12})");

    private EventFeed() {}

    /** Where a page begins: behind an event, or at a time when there was none yet. */
    private record Place(String event, long created) {
        static Place of(Optional<String> cursor, Instant now) throws GatewayException {
            if (cursor.isEmpty()) {
                return new Place("", now.minus(FIRST).getEpochSecond());
            }
            Matcher matcher = CURSOR.matcher(cursor.get());
            if (!matcher.matches()) {
                throw new GatewayException(GatewayException.Kind.INVALID_REQUEST, "the cursor is none of ours");
            }
            return new Place(matcher.group(1), Long.parseLong(matcher.group(2)));
        }

        @Override
        public String toString() {
            return event + '@' + created;
        }
    }

    static Changes changes(StripeCall call, Optional<String> cursor, int limit) throws GatewayException {
        Instant now = call.context().clock().instant();
        Place place = Place.of(cursor, now);
        List<Event> events = place.event().isEmpty() ? since(call, place.created()) : behind(call, place, limit);
        long old = now.minus(OLD_ENOUGH).getEpochSecond();
        Place next =
                place.event().isEmpty() && events.isEmpty() ? new Place("", Math.max(place.created(), old)) : place;
        Set<PaymentRef> refs = new LinkedHashSet<>();
        for (Event event : events) {
            Collection<PaymentRef> named = refs(event);
            if (refs.size() + named.size() > limit) {
                break;
            }
            call.ownMode(event.getLivemode());
            refs.addAll(named);
            if (event.getCreated() <= old) {
                next = new Place(event.getId(), event.getCreated());
            }
        }
        return Changes.of(List.copyOf(refs), next.toString());
    }

    /** The next page behind an event, oldest first. One that Stripe has forgotten is looked for by its time. */
    private static List<Event> behind(StripeCall call, Place place, int limit) throws GatewayException {
        EventListParams params = EventListParams.builder()
                .addAllType(TYPES)
                .setEndingBefore(place.event())
                .setLimit(Math.min(limit, StripeCall.PAGE))
                .build();
        try {
            StripeCollection<Event> page =
                    call.knowingly(client -> client.events().list(params));
            if (page.getData() == null) {
                throw new GatewayException(GatewayException.Kind.OUTCOME_UNKNOWN, "Stripe's answer is no list");
            }
            return oldestFirst(page.getData());
        } catch (StripeException e) {
            if (Refusals.gone(e)) {
                return since(call, place.created());
            }
            throw Refusals.of(e);
        }
    }

    private static List<Event> since(StripeCall call, long created) throws GatewayException {
        return oldestFirst(call.all((client, after) -> client.events()
                .list(EventListParams.builder()
                        .addAllType(TYPES)
                        .setCreated(EventListParams.Created.builder()
                                .setGte(created)
                                .build())
                        .setLimit(StripeCall.PAGE)
                        .setStartingAfter(after)
                        .build())));
    }

    private static List<Event> oldestFirst(List<Event> newestFirst) {
        List<Event> events = new ArrayList<>(newestFirst);
        Collections.reverse(events);
        return events;
    }

    /** The payments that an event names. One that cannot be read names none: its endpoint's version may not be the library's. */
    private static Collection<PaymentRef> refs(Event event) {
        try {
            JsonElement object =
                    JsonParser.parseString(event.getDataObjectDeserializer().getRawJson());
            JsonObject data = new JsonObject();
            data.add("object", object);
            JsonObject whole = new JsonObject();
            whole.add("data", data);
            return Webhooks.hints(whole).stream().map(Hint::ref).toList();
        } catch (JsonParseException | WebhookRejected e) {
            return List.of();
        }
    }
}

package org.bursar.payments.stripe;

import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.stripe.param.checkout.SessionExpireParams;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionUpdateParams;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;

/**
 * Checkout Sessions. A repeated call must send an equal request, since Stripe compares it with the one that it remembers by the
 * key: the time at which a session ends is therefore counted from the customer, whose creation is repeated too and answers
 * what it answered first.
 */
final class Checkouts {
    private static final Duration SHORTEST = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(24);
    /** A request takes time on its way, and Stripe's clock is not ours. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private static final int LONGEST_TITLE = 250;

    private Checkouts() {}

    static CheckoutStart start(StripeCall call, CheckoutRequest request) throws GatewayException {
        StripeMoney.asked(request.amount());
        Optional<Customer> made =
                request.providerCustomerId().isPresent() ? Optional.empty() : Optional.of(customer(call, request));
        String customer =
                made.map(Customer::getId).or(request::providerCustomerId).orElseThrow();
        Optional<Instant> ends = Optional.empty();
        if (request.expiresIn().compareTo(LONGEST) < 0) {
            Instant now = call.context().clock().instant();
            Duration window = longer(request.expiresIn(), SHORTEST.plus(SLACK.multipliedBy(5)));
            Optional<Instant> fixed = made.map(Customer::getCreated)
                    .map(Instant::ofEpochSecond)
                    .map(created -> created.plus(window))
                    .filter(end -> !end.isBefore(now.plus(SHORTEST).plus(SLACK)));
            if (fixed.isEmpty()) {
                Optional<Session> earlier = earlier(call, customer, request);
                if (earlier.isPresent()) {
                    return start(earlier.get());
                }
            }
            ends = Optional.of(fixed.orElse(now.plus(window)));
        }
        SessionCreateParams params = params(call, request, customer, ends);
        Session session = call.ask(client -> client.checkout()
                .sessions()
                .create(params, StripeCall.keyed(request.key().value())));
        call.ownMode(session.getLivemode());
        return start(session);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static CheckoutStart start(Session session) throws GatewayException {
        PaymentRef ref = Refs.session(session.getId());
        if (session.getUrl() == null) {
            return CheckoutStart.done(ref);
        }
        if (session.getExpiresAt() == null) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "Stripe shows a session without an end");
        }
        return CheckoutStart.redirect(ref, URI.create(session.getUrl()), Instant.ofEpochSecond(session.getExpiresAt()));
    }

    /** Its mode is looked at before there is anything that could be paid. */
    private static Customer customer(StripeCall call, CheckoutRequest request) throws GatewayException {
        Map<String, String> marks =
                Marks.of(call.context(), request.purchaseId(), request.key().value(), Marks.CHECKOUT);
        CustomerCreateParams.Builder params =
                CustomerCreateParams.builder().setMetadata(marks).setDescription(request.number());
        request.payerEmail().ifPresent(params::setEmail);
        // Stripe holds a key to one path: the session has the key as it is
        Customer customer = call.ask(client -> client.customers()
                .create(params.build(), StripeCall.keyed(request.key().value() + "/customer")));
        call.ownMode(customer.getLivemode());
        return customer;
    }

    /** The session that this very call made before, when its end cannot be told by the customer. */
    private static Optional<Session> earlier(StripeCall call, String customer, CheckoutRequest request)
            throws GatewayException {
        List<Session> sessions = call.all((client, after) -> client.checkout()
                .sessions()
                .list(SessionListParams.builder()
                        .setCustomer(customer)
                        .setLimit(StripeCall.PAGE)
                        .setStartingAfter(after)
                        .build()));
        return sessions.stream()
                .filter(session -> Marks.fit(session.getMetadata(), call.context(), request.purchaseId()))
                .filter(session -> Marks.value(session.getMetadata(), Marks.OPERATION)
                        .filter(request.key().value()::equals)
                        .isPresent())
                .findFirst();
    }

    private static SessionCreateParams params(
            StripeCall call, CheckoutRequest request, String customer, Optional<Instant> ends) throws GatewayException {
        Map<String, String> marks =
                Marks.of(call.context(), request.purchaseId(), request.key().value(), Marks.CHECKOUT);
        marks.put(Marks.NUMBER, request.number());
        Marks.add(marks, request.metadata());
        String title = cut(request.title());
        PriceData.Builder price = PriceData.builder()
                .setCurrency(request.amount().currency().toLowerCase(Locale.ROOT))
                .setUnitAmount(StripeMoney.asked(request.amount()))
                .setProductData(PriceData.ProductData.builder().setName(title).build());
        SessionCreateParams.Builder params = SessionCreateParams.builder()
                .setCustomer(customer)
                .setClientReferenceId(request.purchaseId())
                .setSuccessUrl(request.success().toString())
                .setCancelUrl(request.cancel().toString())
                .setLocale(locale(request.locale()))
                .putAllMetadata(marks)
                // the price is charged as it was asked for and never in a currency of the payer's
                .setAdaptivePricing(SessionCreateParams.AdaptivePricing.builder()
                        .setEnabled(false)
                        .build());
        ends.ifPresent(end -> params.setExpiresAt(end.getEpochSecond()));
        if (request.interval().isPresent()) {
            price.setRecurring(recurring(request.interval().get()));
            params.setMode(SessionCreateParams.Mode.SUBSCRIPTION)
                    .setSubscriptionData(SessionCreateParams.SubscriptionData.builder()
                            .putAllMetadata(marks)
                            .setDescription(title)
                            .build());
        } else {
            SessionCreateParams.PaymentIntentData.Builder intent = SessionCreateParams.PaymentIntentData.builder()
                    .putAllMetadata(marks)
                    .setDescription(request.number() + ": " + title);
            if (request.saveMethod()) {
                intent.setSetupFutureUsage(SessionCreateParams.PaymentIntentData.SetupFutureUsage.OFF_SESSION);
            }
            params.setMode(SessionCreateParams.Mode.PAYMENT).setPaymentIntentData(intent.build());
        }
        return params.addLineItem(SessionCreateParams.LineItem.builder()
                        .setQuantity(1L)
                        .setPriceData(price.build())
                        .build())
                .build();
    }

    private static String cut(String title) {
        return title.length() > LONGEST_TITLE ? title.substring(0, LONGEST_TITLE) : title;
    }

    private static PriceData.Recurring recurring(Period period) throws GatewayException {
        Period normal = period.normalized();
        long years = normal.getYears();
        long months = normal.getMonths();
        long days = normal.getDays();
        if (days == 0 && months == 0 && years > 0) {
            return recurring(PriceData.Recurring.Interval.YEAR, years);
        }
        if (days == 0 && normal.toTotalMonths() > 0) {
            return recurring(PriceData.Recurring.Interval.MONTH, normal.toTotalMonths());
        }
        if (normal.toTotalMonths() == 0 && days > 0) {
            return recurring(PriceData.Recurring.Interval.DAY, days);
        }
        throw new GatewayException(
                Kind.INVALID_REQUEST, "Stripe renews by days, by months or by years, not by " + period);
    }

    private static PriceData.Recurring recurring(PriceData.Recurring.Interval interval, long count) {
        return PriceData.Recurring.builder()
                .setInterval(interval)
                .setIntervalCount(count)
                .build();
    }

    /** The language of Stripe's page; one that it does not have is chosen by the payer's browser. */
    static SessionCreateParams.Locale locale(Locale locale) {
        String whole = locale.getLanguage() + (locale.getCountry().isEmpty() ? "" : "-" + locale.getCountry());
        SessionCreateParams.Locale best = SessionCreateParams.Locale.AUTO;
        for (SessionCreateParams.Locale one : SessionCreateParams.Locale.values()) {
            if (one.getValue().equals(whole)) {
                return one;
            }
            if (one.getValue().equals(locale.getLanguage())) {
                best = one;
            }
        }
        return best;
    }

    /** Stops what can still be paid. Stripe calls that expired, so the session is marked first. */
    static PaymentSnapshot cancel(StripeCall call, PaymentRef ref, IdempotencyKey key) throws GatewayException {
        if (ref.kind().equals(Refs.INTENT)) {
            return cancelIntent(call, ref, key);
        }
        if (!ref.kind().equals(Refs.SESSION)) {
            throw new GatewayException(Kind.UNSUPPORTED, "only checkouts and payments can be stopped");
        }
        Session session = Facts.session(call, ref.id());
        if (!"open".equals(session.getStatus())) {
            return Facts.ofSession(call, session);
        }
        SessionUpdateParams mark = SessionUpdateParams.builder()
                .putMetadata(Marks.CANCELLED, "true")
                .build();
        try {
            call.ask(client ->
                    client.checkout().sessions().update(ref.id(), mark, StripeCall.keyed(key.value() + "/mark")));
            call.ask(client -> client.checkout()
                    .sessions()
                    .expire(ref.id(), SessionExpireParams.builder().build(), StripeCall.keyed(key.value())));
        } catch (GatewayException e) {
            if (e.kind() != Kind.INVALID_REQUEST) {
                throw e;
            }
            // somebody was quicker: what Stripe shows now is the answer
        }
        return Facts.of(call, ref);
    }

    private static PaymentSnapshot cancelIntent(StripeCall call, PaymentRef ref, IdempotencyKey key)
            throws GatewayException {
        PaymentIntent intent = Facts.intent(call, ref.id());
        if (!"canceled".equals(intent.getStatus()) && !"succeeded".equals(intent.getStatus())) {
            try {
                call.ask(client -> client.paymentIntents()
                        .cancel(ref.id(), PaymentIntentCancelParams.builder().build(), StripeCall.keyed(key.value())));
            } catch (GatewayException e) {
                if (e.kind() != Kind.INVALID_REQUEST) {
                    throw e;
                }
            }
        }
        return Facts.of(call, ref);
    }
}

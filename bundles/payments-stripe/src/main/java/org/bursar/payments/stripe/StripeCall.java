package org.bursar.payments.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.service.V1Services;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.jspecify.annotations.Nullable;

/** One call of the platform's: a client with the tenant's key, which ends with the call and is kept nowhere. */
final class StripeCall {
    /** As many as Stripe gives on one page. */
    static final long PAGE = 100;

    private static final int MOST_PAGES = 1_000;
    /** The answer must still reach the platform before the deadline. */
    private static final Duration MARGIN = Duration.ofMillis(250);

    private final V1Services client;
    private final GatewayContext context;

    private StripeCall(V1Services client, GatewayContext context) {
        this.client = client;
        this.context = context;
    }

    /** What is asked of Stripe. */
    interface Asking<T> {
        T of(V1Services client) throws StripeException;
    }

    /** Asks for the page after an id; null: the first. */
    interface Paging<T extends HasId> {
        StripeCollection<T> of(V1Services client, @Nullable String after) throws StripeException;
    }

    static StripeCall of(GatewayContext context, HttpClient http) throws GatewayException {
        return of(context, http, Duration.between(context.clock().instant(), context.deadline()));
    }

    static StripeCall of(GatewayContext context, HttpClient http, Duration atMost) throws GatewayException {
        Duration left = Duration.between(context.clock().instant(), context.deadline());
        Duration time = left.compareTo(atMost) < 0 ? left : atMost;
        Duration margin = time.dividedBy(10);
        long nanos = time.minus(margin.compareTo(MARGIN) < 0 ? margin : MARGIN).toNanos();
        StripeClient.StripeClientBuilder builder = StripeClient.builder()
                .setApiKey(Settings.key(context))
                .setMaxNetworkRetries(0)
                .setHttpClient(new DeadlineHttp(http, System.nanoTime() + nanos));
        Settings.account(context).ifPresent(builder::setStripeAccount);
        context.apiBase().ifPresent(base -> builder.setApiBase(withoutSlash(base.toString())));
        return new StripeCall(builder.build().v1(), context);
    }

    private static String withoutSlash(String base) {
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    GatewayContext context() {
        return context;
    }

    /** Asks once; what Stripe refuses becomes what the platform understands. */
    <T> T ask(Asking<T> asking) throws GatewayException {
        try {
            return knowingly(asking);
        } catch (StripeException e) {
            throw Refusals.of(e);
        }
    }

    /** Asks once, for those that look at Stripe's refusal themselves. */
    <T> T knowingly(Asking<T> asking) throws StripeException, GatewayException {
        T answer;
        try {
            answer = asking.of(client);
        } catch (RuntimeException e) {
            throw Refusals.unreadable(e);
        }
        if (answer == null) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "Stripe's answer is empty");
        }
        return answer;
    }

    /** Every page. A list that may be cut short is an error and never a shorter list. */
    <T extends HasId> List<T> all(Paging<T> paging) throws GatewayException {
        List<T> all = new ArrayList<>();
        String after = null;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            String last = after;
            StripeCollection<T> page = ask(client -> paging.of(client, last));
            if (page.getData() == null || page.getHasMore() == null) {
                throw new GatewayException(Kind.OUTCOME_UNKNOWN, "Stripe's answer is no list");
            }
            all.addAll(page.getData());
            if (!page.getHasMore()) {
                return all;
            }
            if (page.getData().isEmpty()) {
                break;
            }
            after = page.getData().get(page.getData().size() - 1).getId();
        }
        throw new GatewayException(Kind.OUTCOME_UNKNOWN, "Stripe's list has no end");
    }

    /** Sends a key with a request. */
    static RequestOptions keyed(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    /** Refuses an object of the other mode: its key is not what the tenant believes. */
    void ownMode(@Nullable Boolean livemode) throws GatewayException {
        if (mode(livemode) != context.mode()) {
            throw new GatewayException(Kind.BAD_CONFIGURATION, "the key is not of the mode that the gateway is set to");
        }
    }

    static Mode mode(@Nullable Boolean livemode) throws GatewayException {
        if (livemode == null) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "Stripe does not show the mode");
        }
        return livemode ? Mode.LIVE : Mode.TEST;
    }
}

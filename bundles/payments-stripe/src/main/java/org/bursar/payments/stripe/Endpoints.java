package org.bursar.payments.stripe;

import com.stripe.model.Account;
import com.stripe.model.WebhookEndpoint;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.WebhookEndpointListParams;
import com.stripe.param.WebhookEndpointUpdateParams;
import com.stripe.param.billingportal.SessionCreateParams;
import com.stripe.param.checkout.SessionListParams;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.Health;

/** What is set up at Stripe: the endpoint for its events, the pages for a payer's cards, and whether the key works. */
final class Endpoints {
    private Endpoints() {}

    /** Stripe shows a signing secret once: an endpoint whose secret was never stored is made anew. */
    static Map<String, String> ensure(StripeCall call, URI address) throws GatewayException {
        List<WebhookEndpoint> ours = call
                .all((client, after) -> client.webhookEndpoints()
                        .list(WebhookEndpointListParams.builder()
                                .setLimit(StripeCall.PAGE)
                                .setStartingAfter(after)
                                .build()))
                .stream()
                .filter(one -> address.toString().equals(one.getUrl()))
                .toList();
        if (secretIsKnown(call.context()) && !ours.isEmpty()) {
            repair(call, ours.get(0));
            remove(call, ours.subList(1, ours.size()));
            return Map.of();
        }
        remove(call, ours);
        WebhookEndpointCreateParams.Builder params = WebhookEndpointCreateParams.builder()
                .setUrl(address.toString())
                .setDescription("Bursar")
                .addAllEnabledEvent(Arrays.stream(WebhookEndpointCreateParams.EnabledEvent.values())
                        .filter(event -> Webhooks.TYPES.contains(event.getValue()))
                        .toList());
        if (Settings.isPlatform(call.context())) {
            params.setConnect(true);
        }
        WebhookEndpoint made = call.ask(client -> client.webhookEndpoints().create(params.build()));
        call.ownMode(made.getLivemode());
        if (made.getSecret() == null) {
            throw new GatewayException(
                    GatewayException.Kind.OUTCOME_UNKNOWN, "Stripe does not show the endpoint's secret");
        }
        return Map.of(Settings.SIGNING, made.getSecret());
    }

    private static boolean secretIsKnown(GatewayContext context) {
        try {
            return !Settings.text(context.secret(Settings.SIGNING)).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void repair(StripeCall call, WebhookEndpoint endpoint) throws GatewayException {
        boolean whole = "enabled".equals(endpoint.getStatus())
                && endpoint.getEnabledEvents() != null
                && endpoint.getEnabledEvents().containsAll(Webhooks.TYPES);
        if (!whole) {
            WebhookEndpointUpdateParams params = WebhookEndpointUpdateParams.builder()
                    .setDisabled(false)
                    .addAllEnabledEvent(Arrays.stream(WebhookEndpointUpdateParams.EnabledEvent.values())
                            .filter(event -> Webhooks.TYPES.contains(event.getValue()))
                            .toList())
                    .build();
            call.ask(client -> client.webhookEndpoints().update(endpoint.getId(), params));
        }
    }

    private static void remove(StripeCall call, List<WebhookEndpoint> endpoints) throws GatewayException {
        for (WebhookEndpoint endpoint : endpoints) {
            call.ask(client -> client.webhookEndpoints().delete(endpoint.getId()));
        }
    }

    static URI portal(StripeCall call, String customer, URI returnTo) throws GatewayException {
        SessionCreateParams params = SessionCreateParams.builder()
                .setCustomer(customer)
                .setReturnUrl(returnTo.toString())
                .build();
        return URI.create(call.ask(client -> client.billingPortal().sessions().create(params))
                .getUrl());
    }

    /** Reads what a checkout needs: a restricted key may have no right to read balances. */
    static Health health(StripeCall call) throws GatewayException {
        SessionListParams one = SessionListParams.builder().setLimit(1L).build();
        call.ask(client -> client.checkout().sessions().list(one));
        if (Settings.account(call.context()).isPresent() && held(call)) {
            return Health.of(
                    Health.Code.MISCONFIGURED,
                    "Stripe takes no payments for this account: its holder has to give what Stripe's dashboard asks for");
        }
        boolean unsigned = !secretIsKnown(call.context());
        return unsigned
                ? Health.of(
                        Health.Code.DEGRADED,
                        "No signing secret is set: payments are noticed only when the platform looks for them.")
                : Health.up();
    }

    /** Whether Stripe holds a connected account back; a key without the right to read accounts does not tell. */
    private static boolean held(StripeCall call) throws GatewayException {
        try {
            Account account = call.ask(client -> client.accounts().retrieveCurrent());
            return Boolean.FALSE.equals(account.getChargesEnabled());
        } catch (GatewayException e) {
            if (e.kind() == GatewayException.Kind.BAD_CREDENTIALS) {
                return false;
            }
            throw e;
        }
    }

    static Health sick(GatewayException refusal) {
        return switch (refusal.kind()) {
            case BAD_CREDENTIALS ->
                Health.of(
                        Health.Code.MISCONFIGURED,
                        "Stripe does not take the key: enter one that is valid and has the rights listed");
            case BAD_CONFIGURATION, INVALID_REQUEST, NOT_FOUND ->
                Health.of(Health.Code.MISCONFIGURED, "The settings do not fit: " + refusal.getMessage());
            case RATE_LIMITED -> Health.of(Health.Code.DEGRADED, "Stripe asks to wait: " + refusal.getMessage());
            default -> Health.of(Health.Code.DOWN, String.valueOf(refusal.getMessage()));
        };
    }
}

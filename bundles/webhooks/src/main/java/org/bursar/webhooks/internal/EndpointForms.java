package org.bursar.webhooks.internal;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.TreeSet;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.webhooks.EndpointDraft;
import org.bursar.webhooks.EventTypes;
import org.bursar.webhooks.WebhooksProblems;
import org.jspecify.annotations.Nullable;

/** An address as somebody sent it, checked. Names are not resolved here, addresses written out are. */
record EndpointForms(
        String url,
        @Nullable String description,
        String events,
        @Nullable String email,
        boolean enabled) {
    private static final int LONGEST_URL = 500;
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_EMAIL = 254;

    static EndpointForms checked(EndpointDraft draft, boolean loopback) {
        Checks checks = new Checks();
        String url = checks.text("/url", draft.url(), LONGEST_URL);
        if (!url.isEmpty()) {
            address(checks, url, loopback);
        }
        String description = checks.optionalText("/description", draft.description(), LONGEST_TEXT);
        String events = events(checks, draft.events());
        String email = checks.optionalText("/notifyEmail", draft.notifyEmail(), LONGEST_EMAIL);
        if (email != null && !email.matches("[^\\s@<>,;]+@[^\\s@<>,;]+")) {
            checks.error("/notifyEmail", FieldProblems.INVALID_EMAIL, "an e-mail address such as ops@agency.example");
        }
        checks.done();
        Boolean enabled = draft.enabled();
        return new EndpointForms(url, description, events, email, enabled == null || enabled);
    }

    private static void address(Checks checks, String text, boolean loopback) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            checks.error("/url", WebhooksProblems.NOT_AN_HTTPS_ADDRESS, "not a URL");
            return;
        }
        String host = url.getHost();
        boolean http = loopback && "http".equalsIgnoreCase(url.getScheme());
        boolean fits = host != null
                && ("https".equalsIgnoreCase(url.getScheme()) || http)
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null
                && url.getPort() != 0
                && url.getPort() <= 65_535
                && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (!fits || host == null) {
            checks.error(
                    "/url",
                    WebhooksProblems.NOT_AN_HTTPS_ADDRESS,
                    "an https address such as https://agency.example/hooks, without user, password and fragment");
        } else if (local(host, loopback)) {
            checks.error("/url", WebhooksProblems.PRIVATE_ADDRESS, "not a public address");
        }
    }

    private static boolean local(String host, boolean loopback) {
        if (host.equalsIgnoreCase("localhost") || host.endsWith(".localhost") || host.endsWith(".local")) {
            return !loopback;
        }
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        if (!literal) {
            return false;
        }
        try {
            // an address written out is read, not looked up
            InetAddress address = InetAddress.getByName(host);
            return !PublicAddresses.contains(address) && !(loopback && address.isLoopbackAddress());
        } catch (UnknownHostException e) {
            return true;
        }
    }

    private static String events(Checks checks, @Nullable List<@Nullable String> events) {
        if (events == null || events.isEmpty()) {
            checks.error("/events", FieldProblems.REQUIRED, "at least one, such as purchase.* or *");
            return EventTypes.ALL;
        }
        if (events.size() > EventTypes.TYPES.size()) {
            checks.error("/events", FieldProblems.TOO_MANY, "at most " + EventTypes.TYPES.size());
            return EventTypes.ALL;
        }
        TreeSet<String> wanted = new TreeSet<>();
        for (int i = 0; i < events.size(); i++) {
            String event = events.get(i);
            if (event == null || !EventTypes.pattern(event)) {
                checks.error(
                        "/events/" + i,
                        WebhooksProblems.UNKNOWN_EVENT,
                        "one of " + String.join(", ", EventTypes.TYPES) + ", a group such as purchase.*, or *");
            } else {
                wanted.add(event);
            }
        }
        return String.join(" ", wanted);
    }
}

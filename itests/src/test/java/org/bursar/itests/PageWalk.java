package org.bursar.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bursar.itests.PageRoutes.Route;

/** One visitor who goes through all pages, with ids of its own and of others. */
final class PageWalk {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)\\}");
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    /** What is neither anybody's secret nor tied to an id. */
    private static final Set<String> OPEN =
            Set.of("/assets/{hash}/{name}", "/brand/{tenant}/{name}", "/brand/{tenant}/{version}.css");

    private final int port;
    private final String who;
    private final String host;
    private final String cookie;
    private final List<String> faults = new ArrayList<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    PageWalk(int port, String who, String host, String cookie) {
        this.port = port;
        this.who = who;
        this.host = host;
        this.cookie = cookie;
    }

    @Override
    public String toString() {
        return who;
    }

    /** The cookie of a caller's session. */
    static String cookie(Http caller) {
        return "session=" + caller.authorization().replace("Bearer ", "");
    }

    List<String> faults() {
        return faults;
    }

    /** How many answers there were of each status. */
    Map<Integer, Integer> statuses() {
        return statuses;
    }

    int tried() {
        return statuses.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The path with an owner's ids; empty when the route has none that could be somebody's. */
    static String path(Route route, Owner owner) {
        Matcher parameter = PARAMETER.matcher(route.path());
        StringBuilder path = new StringBuilder();
        while (parameter.find()) {
            parameter.appendReplacement(path, Matcher.quoteReplacement(value(route, parameter.group(1), owner)));
        }
        return parameter.appendTail(path).toString();
    }

    /** Whether the id in the path is somebody's own. */
    static boolean owned(Route route) {
        return route.takesIds()
                && !OPEN.contains(route.path())
                && !route.path().matches("/(reports|one-time-links|gateways|brand|branding|assets|x)/.*");
    }

    private static String value(Route route, String name, Owner owner) {
        String path = route.path();
        return switch (name) {
            case "verb" -> verb(path);
            case "user" -> owner.id(owner.ids("member").isEmpty() ? "user" : "member");
            case "addOn" -> owner.id("add-on");
            case "digest" -> "0".repeat(64);
            case "delivery" -> owner.id("webhook-delivery");
            case "name" -> path.startsWith("/reports") ? "revenue" : "x";
            case "hash", "token", "version" -> "x";
            case "colour" -> "0b6b62";
            case "tenant" -> owner.id("tenant");
            case "id" -> id(path, owner);
            default -> Owner.NOBODY;
        };
    }

    private static String verb(String path) {
        if (path.startsWith("/purchases") || path.startsWith("/gateways")) {
            return "approve";
        }
        if (path.startsWith("/agencies")) {
            return "resume";
        }
        if (path.startsWith("/webhooks")) {
            return "test";
        }
        if (path.startsWith("/team")) {
            return "welcome";
        }
        return path.contains("/status/") ? "suspend" : path.contains("/service/") ? "lock" : "disable";
    }

    private static String id(String path, Owner owner) {
        String area = path.replaceAll("/\\{id\\}.*", "");
        return switch (area) {
            case "/customers" -> owner.id("customer");
            case "/purchases" -> owner.id("purchase");
            case "/threads", "/chats" -> owner.id("thread");
            case "/keys" -> owner.id("api-key");
            case "/gateways" -> "bank-deposit";
            case "/agencies" -> owner.id("tenant");
            case "/plans" -> owner.id("plan");
            case "/plans/meters" -> owner.id("meter");
            case "/plans/add-ons" -> owner.id("add-on");
            case "/plans/packages" -> owner.id("package");
            case "/permission-sets" -> owner.id("permission-set");
            case "/webhooks" -> owner.id("webhook-endpoint");
            case "/people", "/team" -> owner.id("user");
            default -> Owner.NOBODY;
        };
    }

    Wire.Reply get(String path) {
        return send("GET", path, null);
    }

    private Wire.Reply send(String method, String path, String form) {
        byte[] body = (form == null ? "" : form).getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\nHost: " + host + ":" + port
                + (cookie.isEmpty() ? "" : "\nCookie: " + cookie)
                + (form == null
                        ? ""
                        : "\nContent-Type: application/x-www-form-urlencoded\nContent-Length: " + body.length);
        try {
            Wire.Reply reply = Wire.send(port, head, body);
            statuses.merge(reply.status(), 1, Integer::sum);
            return reply;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(method + " " + path, e);
        }
    }

    private void fault(String request, Wire.Reply reply, String what) {
        faults.add(who + ": " + request + " answered " + reply.status() + " " + reply.header("location") + ": " + what);
    }

    /** Nothing of the others is in the answer but what was asked with; and nothing has broken. */
    private void sound(String request, Wire.Reply reply, String asked, Set<String> secrets) {
        if (reply.status() == 0 || reply.status() >= 500) {
            fault(request, reply, "broken");
        }
        Set<String> seen = Probes.found(secrets, reply.text().replace(asked, ""));
        if (!seen.isEmpty()) {
            fault(request, reply, "tells " + seen);
        }
    }

    /** Every page with ids of one's own, as far as one may see it. */
    Map<Route, Integer> own(List<Route> routes, Owner owner, Set<String> secrets) {
        Map<Route, Integer> answered = new LinkedHashMap<>();
        for (Route route : routes) {
            if (route.method().equals("GET") && !OPEN.contains(route.path())) {
                String path = path(route, owner);
                Wire.Reply reply = get(path);
                sound(route.toString(), reply, path, secrets);
                answered.put(route, reply.status());
            }
        }
        return answered;
    }

    /** Every page with ids of others: it is not there. */
    void foreign(List<Route> routes, Owner victim, Set<String> secrets) {
        for (Route route : routes) {
            if (route.method().equals("GET") && owned(route)) {
                String path = path(route, victim);
                Wire.Reply reply = get(path);
                sound(route + " of " + victim, reply, path, secrets);
                refused(route, victim, reply);
            }
        }
    }

    private void refused(Route route, Owner victim, Wire.Reply reply) {
        boolean sentAway = reply.status() == 303
                && (reply.header("location").startsWith("/login")
                        || Set.of("/", "/agencies").contains(reply.header("location")));
        if (!sentAway && reply.status() != 403 && reply.status() != 404) {
            fault(route + " of " + victim, reply, "no refusal");
        }
    }

    /** Every form without what its page gives with it. */
    void forged(List<Route> routes, Owner owner) {
        for (Route route : routes) {
            if (route.method().equals("POST")) {
                Wire.Reply reply = send("POST", path(route, owner), "key=x&name=x&reason=x");
                if (reply.status() != 403 && reply.status() != 404) {
                    fault(route + " without a token", reply, "no refusal");
                }
            }
        }
    }

    /** Every form with a good token of one's own and the ids of others. */
    void tampered(List<Route> routes, Owner victim, Set<String> secrets) {
        Matcher token = TOKEN.matcher(get("/account").text());
        String csrf = token.find() ? token.group(1) : "";
        for (Route route : routes) {
            // going to work in an agency is not refused: whether one may is asked on each page there
            if (route.method().equals("POST") && owned(route) && !route.path().equals("/agencies/{id}/enter")) {
                String path = path(route, victim);
                String form = "csrf=" + csrf
                        + "&idempotency-key=" + java.util.UUID.randomUUID()
                        + "&reason=x&name=x&quantity=1&amount=1.00&operation=add&active=true&plan=" + victim.id("plan");
                Wire.Reply reply = send("POST", path, form);
                sound(route + " of " + victim, reply, path, secrets);
                refused(route, victim, reply);
            }
        }
    }
}

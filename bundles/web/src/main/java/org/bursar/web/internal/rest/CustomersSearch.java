package org.bursar.web.internal.rest;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bursar.web.internal.Visit;

/**
 * Which customers the list shows, and in which order, as its address says it.
 *
 * @param status a standing; empty: all but the deleted
 * @param q part of a name or of an address
 * @param plan the key of a plan; empty: any
 * @param balance {@code negative}, {@code zero} or {@code positive}; empty: any
 * @param registered when they were
 * @param country a code of two letters; empty: any
 * @param sort as the operation calls it; empty: the newest first
 */
public record CustomersSearch(
        String status, String q, String plan, String balance, Period registered, String country, String sort) {
    /** The tabs of the list. */
    static final List<String> VIEWS = List.of("", "active", "trialing", "past_due", "locked", "suspended", "inactive");
    /** What can be chosen of a balance. */
    public static final List<String> BALANCES = List.of("negative", "zero", "positive");

    static CustomersSearch of(Visit visit) {
        String status = visit.query("status");
        return new CustomersSearch(
                VIEWS.contains(status) ? status : "",
                visit.query("q").strip(),
                visit.query("plan"),
                visit.query("balance"),
                Period.of(visit, "registered"),
                visit.query("country"),
                visit.query("sort"));
    }

    /** Whether anything but the tab holds some back. */
    public boolean filtered() {
        return !q.isEmpty()
                || !plan.isEmpty()
                || !balance.isEmpty()
                || !registered.chosen().isEmpty()
                || !country.isEmpty();
    }

    /** How many it finds, where a tab tells that and they fit into one go; else less than 0. */
    public long found(List<CustomersPages.View> views) {
        return filtered()
                ? -1
                : views.stream()
                        .filter(view -> view.current() && !view.more() && view.count() <= ManyCustomersPages.MOST)
                        .mapToLong(CustomersPages.View::count)
                        .findAny()
                        .orElse(-1);
    }

    /** The address of the list. */
    public String address() {
        return address("/customers", status, sort);
    }

    /** The same with another tab, or in another order. */
    public String address(String path, String tab, String order) {
        CustomersSearch other = new CustomersSearch(tab, q, plan, balance, registered, country, order);
        return Visit.path(
                path,
                other.parts().entrySet().stream()
                        .flatMap(part -> Stream.of(part.getKey(), part.getValue()))
                        .toArray(String[]::new));
    }

    /** The parameters of the address with their values, in the order of the address. */
    public Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("q", q);
        parts.put("status", status);
        parts.put("plan", plan);
        parts.put("balance", balance);
        parts.put("registered", registered.chosen());
        parts.put("from", registered.from());
        parts.put("to", registered.to());
        parts.put("country", country);
        parts.put("sort", sort);
        return parts;
    }

    /** The list with nothing looked for: its tab and its order stay. */
    public String clear() {
        return Visit.path("/customers", "status", status, "sort", sort);
    }

    /** What the operation is asked for, more of its parameters following; days are those of the zone. */
    String operation(LocalDate today, ZoneId zone, String... more) {
        String path = Visit.path(
                "/customers",
                "q",
                q,
                "status",
                status,
                "plan",
                plan,
                "balance",
                balance,
                "from",
                registered.begin(today, zone),
                "to",
                registered.end(zone),
                "country",
                country,
                "sort",
                sort);
        return Visit.path(path, more);
    }
}

package org.bursar.web.internal.rest;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
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

    /** The address of the list. */
    public String address() {
        return address("/customers", status, sort);
    }

    /** The same with another tab, or in another order. */
    public String address(String path, String tab, String order) {
        return Visit.path(
                path,
                "q",
                q,
                "status",
                tab,
                "plan",
                plan,
                "balance",
                balance,
                "registered",
                registered.chosen(),
                "from",
                registered.from(),
                "to",
                registered.to(),
                "country",
                country,
                "sort",
                order);
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

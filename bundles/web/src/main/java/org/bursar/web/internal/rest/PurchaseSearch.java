package org.bursar.web.internal.rest;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bursar.web.internal.Visit;

/**
 * Which purchases the queue shows, as its address says it.
 *
 * @param status empty: in any
 * @param q part of a customer's name or address, a number or a provider's reference
 * @param gateway empty: any
 * @param placed {@code 7}, {@code 30} or {@code 90} days back with today, {@code dates} for those of the two dates, empty: ever
 * @param amount the price, as somebody reads it on a statement: {@code 450}, {@code 1,250.00 EUR}
 * @param from a date, included
 * @param to a date, included
 */
public record PurchaseSearch(
        String status, String q, String gateway, String placed, String amount, String from, String to) {
    /** The tabs of the queue, the first being what waits for somebody. */
    public static final List<String> VIEWS =
            List.of("awaiting_payment", "", "under_review", "approved", "declined", "expired");
    /** What can be chosen for when they were placed. */
    public static final List<String> PERIODS = Period.ALL;

    /** A figure, with commas between thousands, and perhaps its currency's code behind it or a sign before it. */
    private static final Pattern AMOUNT =
            Pattern.compile("\\p{Sc}?\\s*(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)\\s*([A-Za-z]{3})?");

    static PurchaseSearch of(Visit visit) {
        String status = visit.query("status");
        Period placed = Period.of(visit, "placed");
        return new PurchaseSearch(
                VIEWS.contains(status) ? status : "",
                visit.query("q").strip(),
                visit.query("gateway"),
                placed.chosen(),
                visit.query("amount").strip(),
                placed.from(),
                placed.to());
    }

    /** Whether anything but the tab holds some back. */
    public boolean filtered() {
        return !q.isEmpty() || !gateway.isEmpty() || !placed.isEmpty() || !amount.isEmpty();
    }

    /** The address of the queue. */
    public String address() {
        return address("/purchases", status);
    }

    /** The same with another tab. */
    public String address(String path, String tab) {
        return Visit.path(
                path, "status", tab, "q", q, "gateway", gateway, "placed", placed, "amount", amount, "from", from, "to",
                to);
    }

    /**
     * What the operation is asked for, more of its parameters following; days are those of the zone.
     *
     * @param currency of an amount that names none
     */
    String operation(LocalDate today, ZoneId zone, String currency, String... more) {
        Period period = new Period(placed, from, to);
        Matcher written = AMOUNT.matcher(amount);
        boolean money = written.matches();
        String path = Visit.path(
                "/purchases",
                "status",
                status,
                "q",
                q,
                "gateway",
                gateway,
                "amount",
                money ? written.group(1).replace(",", "") : amount,
                "currency",
                amount.isEmpty()
                        ? ""
                        : money && written.group(2) != null ? written.group(2).toUpperCase(Locale.ROOT) : currency,
                "from",
                period.begin(today, zone),
                "to",
                period.end(zone));
        return Visit.path(path, more);
    }
}

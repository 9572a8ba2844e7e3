package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Live;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** A customer's start page: what is there, what was used, what is new. */
final class Dashboard {
    private final Site site;

    Dashboard(Site site) {
        this.site = site;
    }

    Response home(Visit visit) {
        return show(visit, Form.empty(), visit.query("dialog"));
    }

    /** Has the customer's admin told when the balance falls below an amount; no amount is nobody. */
    Response alert(Visit visit) {
        Form form = Form.sent(visit.form());
        String below = form.value("below").strip().replace(",", "");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("below", below.isEmpty() ? null : below);
        Reply reply = visit.ask("PUT", "/wallets/" + Visit.encode(visit.customer()) + "/alert", body);
        return reply.ok()
                ? Answers.done(visit, "/", below.isEmpty() ? "alert_off" : "alert_on", "")
                : show(visit, form.refused(reply, site.words()), "alert");
    }

    /** The least credit first. */
    private static List<Facts> bySize(List<Facts> packages) {
        return packages.stream()
                .sorted(Comparator.comparing(one -> one.decimal("credits")))
                .toList();
    }

    /** What is on the page, of one customer: name and value in turn. */
    private static List<Object> facts(Visit visit, String customer) {
        String id = Visit.encode(customer);
        return List.of(
                "customer",
                visit.maybe("customers:read", "/customers/" + id),
                "wallet",
                visit.maybe("wallets:read", "/wallets/" + id),
                "subscription",
                visit.maybe("subscriptions:read", "/subscriptions/" + id),
                "cycle",
                visit.maybe("subscriptions:read", "/subscriptions/" + id + "/usage-cycle"),
                "threads",
                visit.maybe("threads:read", Visit.path("/threads?limit=4", "customer", customer))
                        .items(),
                "purchases",
                visit.maybe("purchases:read", Visit.path("/purchases?limit=4", "customer", customer))
                        .items(),
                "alert",
                visit.maybe("wallets:read", "/wallets/" + id + "/alert"));
    }

    /**
     * The same as somebody of the agency sees it, without anything that could be sent; each look is in the audit log.
     *
     * @param frame the console's, around it
     */
    Response look(Visit visit, Frame frame, String customer) {
        Reply noted = visit.ask("POST", "/customers/" + Visit.encode(customer) + "/views", null);
        if (!noted.ok()) {
            throw new PageProblem(noted.status(), noted.body().text("detail"));
        }
        List<Object> all = new ArrayList<>(facts(visit, customer));
        all.addAll(List.of("theirs", frame.inTenantsWords()));
        return Answers.page(frame, "console/customer-dashboard", all.toArray());
    }

    /**
     * The page.
     *
     * @param dialog which dialog is open: {@code buy}, {@code plan} or {@code alert}; any other is none
     */
    Response show(Visit visit, Form form, String dialog) {
        Live live = visit.live("", "balance", "purchases");
        List<Object> all = new ArrayList<>(facts(visit, visit.customer()));
        all.addAll(List.of(
                "packages",
                visit.may("purchases:write")
                        ? bySize(visit.maybe("packages:read", "/packages?active=true&limit=50")
                                .items())
                        : List.<Facts>of(),
                "gateways",
                visit.may("purchases:write")
                        ? visit.maybe("gateways:read", "/gateways").items()
                        : List.<Facts>of(),
                "form",
                form,
                "dialog",
                dialog,
                "live",
                live));
        return Answers.page(
                form.anyWrong() ? Response.status(422) : Response.ok(),
                new Frame(visit, site.words().say("nav.home"), "home"),
                "portal/home",
                all.toArray());
    }
}

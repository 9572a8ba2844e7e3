package org.bursar.web.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bursar.kernel.CustomerId;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.PageProblem;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/**
 * What is done with many customers at once. It is said first, with their names and their number, and done with exactly those that were
 * shown: no search is made again in between.
 */
@Path("/customers/bulk")
public final class ManyCustomersPages {
    /** How many at once. */
    public static final int MOST = 200;

    private static final String PLAN = "plan";
    private static final String MESSAGE = "message";
    private static final Set<String> CHANGES = Set.of("lock", "unlock", PLAN);
    private static final int FORBIDDEN = 403;
    private static final int LONGEST_LETTER = 1_900;
    /** A page of a list that only facts can filter may be short; nobody waits for more than so many. */
    private static final int MOST_PAGES = 5;

    private final Site site;

    ManyCustomersPages(Site site) {
        this.site = site;
    }

    /**
     * Whom it is about.
     *
     * @param more whether the search finds others that are not among them
     */
    public record Chosen(List<Facts> customers, boolean more) {}

    /**
     * What a plan would do for one of them.
     *
     * @param preview what the operation says; nothing where it refuses
     * @param refused why it refuses; empty where it does not
     */
    public record Change(Facts customer, Facts preview, String refused) {
        /** Whether it can be made. */
        public boolean possible() {
            return refused.isEmpty() && preview.yes("covered");
        }

        /** What is posted to the wallet at once: below zero is taken from it. */
        public BigDecimal posted() {
            return preview.list("entries").stream()
                    .map(entry -> entry.decimal("amount"))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /**
     * Links that open a letter to all of them in one's own mail program, each as long as any takes; nobody sees who else has it (RFC
     * 6068).
     */
    public static List<String> letters(List<Facts> customers) {
        List<String> letters = new ArrayList<>();
        StringBuilder letter = new StringBuilder();
        for (Facts customer : customers) {
            String address = Visit.encode(customer.text("email"));
            if (!address.isEmpty()) {
                if (letter.length() + address.length() > LONGEST_LETTER) {
                    letters.add(letter.toString());
                    letter.setLength(0);
                }
                letter.append(letter.length() == 0 ? "mailto:?bcc=" : ",").append(address);
            }
        }
        if (letter.length() > 0) {
            letters.add(letter.toString());
        }
        return letters;
    }

    @GET
    @Requires("customers:read")
    public Response many(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        String verb = visit.query("do");
        boolean change = CHANGES.contains(verb);
        if (change && !visit.may("subscriptions:write")) {
            throw new PageProblem(FORBIDDEN, "");
        }
        Chosen chosen = change || verb.equals(MESSAGE) ? chosen(visit) : new Chosen(List.of(), false);
        if (chosen.customers().isEmpty()) {
            return Answers.to(visit, "/customers");
        }
        return Answers.page(
                frame(visit),
                verb.equals(MESSAGE) ? "console/customers-message" : "console/customers-bulk",
                "chosen",
                chosen,
                "verb",
                verb,
                "plans",
                verb.equals(PLAN)
                        ? visit.maybe("plans:read", "/plans?limit=200").items()
                        : List.<Facts>of());
    }

    private Frame frame(Visit visit) {
        return new Frame(visit, site.words().say("customers.title"), "customers");
    }

    /** Those that were marked, or, as far as they fit, all that the search of the list finds. */
    private static Chosen chosen(Visit visit) {
        if (visit.query("all").isEmpty()) {
            String ids = ids(visit);
            return ids.isEmpty()
                    ? new Chosen(List.of(), false)
                    : new Chosen(
                            visit.get(Visit.path("/customers", "customers", ids, "limit", String.valueOf(MOST)))
                                    .items(),
                            false);
        }
        CustomersSearch search = CustomersSearch.of(visit);
        List<Facts> found = new ArrayList<>();
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            Facts part = visit.get(CustomersPages.operation(
                    visit,
                    new Frame(visit, "", "customers"),
                    search,
                    "limit",
                    String.valueOf(MOST - found.size()),
                    "after",
                    after));
            found.addAll(part.items());
            after = part.text("next");
            if (after.isEmpty() || found.size() >= MOST) {
                break;
            }
        }
        return new Chosen(found, !after.isEmpty());
    }

    /** The marked ones with commas between them; empty where none is. */
    static String ids(Visit visit) {
        return String.join(
                ",",
                visit.queries("id", MOST).stream()
                        .filter(ManyCustomersPages::couldBe)
                        .distinct()
                        .toList());
    }

    private static boolean couldBe(String id) {
        try {
            CustomerId.fromString(id);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @POST
    @Requires("subscriptions:write")
    public Response done(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        Form form = Form.sent(visit.form());
        String verb = form.value("do");
        List<String> ids = new ArrayList<>();
        for (JsonNode id : form.many("id")) {
            if (ids.size() < MOST && couldBe(id.asText())) {
                ids.add(id.asText());
            }
        }
        if (ids.isEmpty() || !CHANGES.contains(verb)) {
            return Answers.to(visit, "/customers");
        }
        if (verb.equals(PLAN)) {
            return form.value("confirmed").isEmpty() ? preview(visit, form, ids) : change(visit, form, ids);
        }
        int done = 0;
        for (String id : ids) {
            // each once for the key of the form, however often it is sent
            Reply reply = visit.ask(
                    "POST",
                    subscription(id) + '/' + verb,
                    form.json("reason"),
                    "Idempotency-Key",
                    form.value(Visit.ONCE));
            done += reply.ok() ? 1 : 0;
        }
        return told(visit, verb, done, ids.size());
    }

    private Response told(Visit visit, String verb, int done, int all) {
        return Answers.done(
                visit,
                "/customers",
                "bulk_" + verb,
                done == all ? String.valueOf(done) : site.words().say("bulk.some", done, all));
    }

    private static String subscription(String id) {
        return "/subscriptions/" + Visit.encode(id);
    }

    private static ObjectNode choice(Form form) {
        ObjectNode choice = JsonNodeFactory.instance.objectNode().put(PLAN, form.value("newPlan"));
        if (!form.value("when").isEmpty()) {
            choice.put("when", form.value("when"));
        }
        return choice;
    }

    /** What the change would do for each, and what it costs in all. */
    private Response preview(Visit visit, Form form, List<String> ids) {
        Facts plan = visit.get("/plans/" + Visit.encode(form.value("newPlan")));
        List<Change> changes = new ArrayList<>();
        for (Facts customer : visit.get(
                        Visit.path("/customers", "customers", String.join(",", ids), "limit", String.valueOf(MOST)))
                .items()) {
            Reply reply = visit.ask("POST", subscription(customer.text("id")) + "/preview", choice(form));
            changes.add(new Change(
                    customer,
                    reply.ok() ? reply.body() : Facts.NONE,
                    reply.ok() ? "" : reply.body().text("detail", reply.body().text("title"))));
        }
        return Answers.page(
                frame(visit),
                "console/customers-bulk-plan",
                "plan",
                plan,
                "when",
                form.value("when"),
                "changes",
                changes);
    }

    /** Choosing a plan twice is choosing it once. */
    private Response change(Visit visit, Form form, List<String> ids) {
        int done = 0;
        for (String id : ids) {
            done += visit.ask("PUT", subscription(id), choice(form)).ok() ? 1 : 0;
        }
        return told(visit, PLAN, done, ids.size());
    }
}

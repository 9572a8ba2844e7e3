package org.bursar.web.internal.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.Set;
import org.bursar.rest.Requires;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Pager;
import org.bursar.web.internal.Site;
import org.bursar.web.internal.Visit;

/** Conversations: the list beside what was said, for the agency and, as "chats", for a customer's own people. */
@Path("/")
public final class ThreadPages {
    private static final int ROWS = 15;

    private final Site site;

    ThreadPages(Site site) {
        this.site = site;
    }

    @GET
    @Path("/threads")
    @Requires("threads:read")
    public Response list(@Context HttpServletRequest request) {
        return show(Visit.of(site, request), "");
    }

    @GET
    @Path("/threads/{id}")
    @Requires("threads:read")
    public Response one(@Context HttpServletRequest request, @PathParam("id") String id) {
        return show(Visit.of(site, request), id);
    }

    @GET
    @Path("/chats")
    @On(On.Side.PORTAL)
    @Requires("threads:read")
    public Response chats(@Context HttpServletRequest request) {
        Visit visit = Visit.of(site, request);
        String q = visit.query("q").strip();
        Facts page =
                visit.get(Visit.path("/threads", "q", q, "limit", String.valueOf(ROWS), "after", visit.query("after")));
        return Answers.page(
                new Frame(visit, site.words().say("nav.chats"), "chats"),
                "portal/chats",
                "page",
                page,
                "pager",
                Pager.of(visit, Visit.path("/chats", "q", q), page, ROWS, -1));
    }

    @GET
    @Path("/chats/{id}")
    @On(On.Side.PORTAL)
    @Requires("threads:read")
    public Response chat(@Context HttpServletRequest request, @PathParam("id") String id) {
        Visit visit = Visit.of(site, request);
        String path = "/threads/" + Visit.encode(id);
        Facts thread = visit.get(path);
        return Answers.page(
                new Frame(visit, thread.text("agent", site.words().say("thread")), "chats"),
                "portal/chat",
                "thread",
                thread,
                "messages",
                visit.get(Visit.path(
                        path + "/messages", "sort", "-seq", "limit", "50", "after", visit.query("earlier"))));
    }

    private Response show(Visit visit, String id) {
        String q = visit.query("q").strip();
        Facts page =
                visit.get(Visit.path("/threads", "q", q, "limit", String.valueOf(ROWS), "after", visit.query("after")));
        Facts thread = Facts.NONE;
        Facts messages = Facts.NONE;
        // opening a conversation is written to the audit log, so the list alone opens none
        if (!id.isEmpty()) {
            String path = "/threads/" + Visit.encode(id);
            thread = visit.get(path);
            messages = visit.get(
                    Visit.path(path + "/messages", "sort", "-seq", "limit", "50", "after", visit.query("earlier")));
        }
        Set<String> customers = new HashSet<>();
        page.items().forEach(item -> customers.add(item.text("customer")));
        if (thread.there()) {
            customers.add(thread.text("customer"));
        }
        return Answers.page(
                new Frame(visit, site.words().say("nav.threads"), "threads"),
                "console/threads",
                "page",
                page,
                "thread",
                thread,
                "messages",
                messages,
                "names",
                visit.names(customers),
                "pager",
                Pager.of(visit, Visit.path("/threads", "q", q), page, ROWS, -1));
    }
}

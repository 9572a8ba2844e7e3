package org.bursar.web.internal.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.bursar.web.internal.Frame;
import org.bursar.web.internal.Visit;

/** How pages are answered. */
final class Answers {
    private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("utf-8");
    private static final int UNPROCESSABLE = 422;

    private Answers() {}

    /** A page: its frame and what is in it, name and value in turn. */
    static Response page(Frame frame, String template, Object... parameters) {
        return page(Response.ok(), frame, template, parameters);
    }

    /** A form that comes back with what was wrong. */
    static Response again(Frame frame, String template, Object... parameters) {
        return page(Response.status(UNPROCESSABLE), frame, template, parameters);
    }

    static Response page(Response.ResponseBuilder answer, Frame frame, String template, Object... parameters) {
        Map<String, Object> all = new HashMap<>();
        all.put("f", frame);
        for (int i = 0; i + 1 < parameters.length; i += 2) {
            all.put(String.valueOf(parameters[i]), parameters[i + 1]);
        }
        Visit visit = frame.visit();
        // begun before the page is drawn, since its forms are bound to it
        String begun = visit.caller().isEmpty() ? visit.cookies().begin().orElse("") : "";
        answer.entity(visit.site().render(template, all)).type(HTML);
        if (!begun.isEmpty()) {
            answer.header("Set-Cookie", begun);
        }
        if (visit.cookies().toast().isPresent()) {
            answer.header("Set-Cookie", visit.cookies().drop("toast"));
        }
        return answer.build();
    }

    /** On to another page, as after every form that was taken. */
    static Response to(Visit visit, String path) {
        return Response.seeOther(URI.create(path)).build();
    }

    /** On to another page, which says what was done: a key of the words without its prefix {@code done.}, and its argument. */
    static Response done(Visit visit, String path, String done, String argument) {
        String text = Visit.encode(argument.isEmpty() ? done : done + '|' + argument);
        return Response.seeOther(URI.create(path))
                .header("Set-Cookie", visit.cookies().set("toast", text, 30))
                .build();
    }

    /** A path of this host that may be gone on to, or the start page: never anybody else's address. */
    static String safe(String next) {
        boolean own = next.startsWith("/")
                && !next.startsWith("//")
                && next.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\')
                && !next.startsWith("/login");
        return own ? next : "/";
    }
}

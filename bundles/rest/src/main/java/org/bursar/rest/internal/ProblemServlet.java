package org.bursar.rest.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bursar.kernel.FieldCode;
import org.bursar.kernel.ProblemCode;
import org.bursar.kernel.Problems;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Where the {@code type} of a problem leads: what the code means, why it happens and what to do, for people. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/problems/*")
public final class ProblemServlet extends HttpServlet {
    static final String PATH = "/problems/";

    private static final long serialVersionUID = 1L;

    private final transient PresentCodes codes;

    @Activate
    public ProblemServlet(BundleContext context) {
        codes = new PresentCodes(context);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        String name = path.startsWith("/") ? path.substring(1) : path;
        Optional<String> text = name.isEmpty() ? Optional.of(list()) : one(name);
        if (text.isEmpty()) {
            ProblemAnswer.write(response, Problems.notFound().problem());
            return;
        }
        response.setContentType("text/plain;charset=utf-8");
        response.setHeader("Cache-Control", "no-cache");
        response.getOutputStream().write(text.get().getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> one(String name) {
        return codes.all(ProblemCode.class).stream()
                .filter(code -> code.code().equals(name))
                .findFirst()
                .map(this::explained);
    }

    private String explained(ProblemCode code) {
        String text = """
                %s (HTTP %d)
                %s.

                Why: %s
                What to do: %s
                """.formatted(code.code(), code.status(), code.title(), code.cause(), code.cure());
        return code.equals(Problems.INVALID) ? text + "\nCodes of fields, in errors[].code:\n" + fields() : text;
    }

    private String fields() {
        return codes.all(FieldCode.class).stream()
                .sorted(Comparator.comparing(FieldCode::code))
                .map(code -> "  " + code.code() + ": " + code.meaning() + '\n')
                .collect(Collectors.joining());
    }

    private String list() {
        List<ProblemCode> sorted = codes.all(ProblemCode.class).stream()
                .sorted(Comparator.comparingInt(ProblemCode::status).thenComparing(ProblemCode::code))
                .toList();
        return sorted.stream()
                .map(code -> code.status() + " " + code.code() + ": " + code.title() + '\n')
                .collect(Collectors.joining());
    }
}

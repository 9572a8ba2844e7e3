package org.bursar.web.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A piece of a page. It is made of elements and text and cannot be made of a string, so text is always escaped, what is opened is closed,
 * and there are no scripts, styles, pictures from elsewhere or addresses of other hosts: what would be one is refused where it is made.
 * Looks come from the classes of the platform's style sheet, such as {@code card}, {@code card-b}, {@code tbl}, {@code btn}.
 *
 * <pre>{@code
 * Html.of("section", Html.of("h2", "Points"), Html.of("p", points + " points").with("class", "big")).with("class", "card")
 * }</pre>
 */
public final class Html {
    private static final Set<String> ELEMENTS = Set.of(
            "a",
            "b",
            "button",
            "caption",
            "code",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "em",
            "fieldset",
            "footer",
            "form",
            "h2",
            "h3",
            "header",
            "hr",
            "input",
            "label",
            "legend",
            "li",
            "ol",
            "option",
            "p",
            "pre",
            "progress",
            "section",
            "select",
            "small",
            "span",
            "strong",
            "summary",
            "table",
            "tbody",
            "td",
            "textarea",
            "th",
            "thead",
            "time",
            "tr",
            "ul");
    private static final Set<String> EMPTY = Set.of("hr", "input");
    private static final Set<String> ATTRIBUTES = Set.of(
            "checked",
            "class",
            "colspan",
            "datetime",
            "disabled",
            "for",
            "max",
            "maxlength",
            "min",
            "name",
            "placeholder",
            "required",
            "role",
            "rows",
            "scope",
            "selected",
            "step",
            "title",
            "type",
            "value");
    private static final Set<String> TYPES =
            Set.of("button", "checkbox", "date", "email", "hidden", "number", "radio", "search", "submit", "text");
    private static final String WORD = "[A-Za-z0-9 ._:-]{0,200}";
    private static final int LARGEST = 400_000;

    private final String element;
    private final String text;
    private final List<Html> children;
    private final Map<String, String> attributes = new LinkedHashMap<>();

    private Html(String element, String text, List<Html> children) {
        this.element = element;
        this.text = text;
        this.children = children;
    }

    /** Text, which is escaped. */
    public static Html text(String text) {
        return new Html("", text, List.of());
    }

    /** Several pieces one after the other. */
    public static Html all(Object... children) {
        return new Html("", "", pieces(children));
    }

    /**
     * An element.
     *
     * @param children {@link Html}; anything else is taken by its {@code toString} as text
     */
    public static Html of(String element, Object... children) {
        if (!ELEMENTS.contains(element)) {
            throw new IllegalArgumentException("no such element here: " + element);
        }
        if (EMPTY.contains(element) && children.length > 0) {
            throw new IllegalArgumentException("nothing is in an element " + element);
        }
        return new Html(element, "", pieces(children));
    }

    private static List<Html> pieces(Object... children) {
        List<Html> pieces = new ArrayList<>();
        for (Object child : children) {
            pieces.add(child instanceof Html html ? html : text(String.valueOf(child)));
        }
        return List.copyOf(pieces);
    }

    /** Sets an attribute, and gives this element. */
    public Html with(String name, String value) {
        boolean known = ATTRIBUTES.contains(name) || name.matches("aria-[a-z]+") || name.equals("id") || address(name);
        if (element.isEmpty() || !known) {
            throw new IllegalArgumentException("no such attribute here: " + name + " of " + element);
        }
        boolean word = name.equals("id")
                || name.equals("class")
                || name.equals("role")
                || name.equals("for")
                || name.equals("name");
        if (word && !value.matches(WORD)
                || name.equals("type") && !TYPES.contains(value)
                || address(name) && !(element.equals("a") || element.equals("form"))
                || address(name) && !own(value)) {
            throw new IllegalArgumentException("not a value of " + name + ": " + value);
        }
        attributes.put(name, value);
        return this;
    }

    private static boolean address(String name) {
        return name.equals("href") || name.equals("action");
    }

    /** Nothing that a form or a link of the bundle should lead to is elsewhere than below this host. */
    private static boolean own(String path) {
        return path.startsWith("/")
                && !path.startsWith("//")
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>');
    }

    /**
     * Writes it. Forms are sent by POST to the page that they name and carry what the platform checks.
     *
     * @param hidden names and values of the fields that go into each form
     */
    public String written(Map<String, String> hidden) {
        StringBuilder out = new StringBuilder();
        write(out, hidden);
        return out.toString();
    }

    @Override
    public String toString() {
        return written(Map.of());
    }

    private void write(StringBuilder out, Map<String, String> hidden) {
        if (out.length() > LARGEST) {
            throw new IllegalStateException("more than a page holds");
        }
        if (element.isEmpty()) {
            escape(out, text);
            children.forEach(child -> child.write(out, hidden));
            return;
        }
        out.append('<').append(element);
        attributes.forEach((name, value) -> {
            out.append(' ').append(name).append("=\"");
            escape(out, value);
            out.append('"');
        });
        boolean form = element.equals("form");
        out.append(form ? " method=\"post\">" : ">");
        if (form) {
            hidden.forEach((name, value) -> Html.of("input")
                    .with("type", "hidden")
                    .with("name", name)
                    .with("value", value)
                    .write(out, Map.of()));
        }
        children.forEach(child -> child.write(out, hidden));
        if (!EMPTY.contains(element)) {
            out.append("</").append(element).append('>');
        }
    }

    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
            }
        }
    }
}

package org.bursar.web.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A form as it is shown: what stands in its fields, and what was wrong with them. The name of a field is its place in the
 * operation's JSON with dots, {@code admin.email} for {@code /admin/email}, so that a refusal finds its field by itself.
 */
public final class Form {
    /** Passwords are taken as they are typed. */
    private static final Set<String> SECRET = Set.of("password", "current", "new");

    private final Map<String, List<String>> values;
    private final Map<String, String> errors = new LinkedHashMap<>();
    private String problem = "";

    private Form(Map<String, List<String>> values) {
        this.values = values;
    }

    public static Form empty() {
        return new Form(Map.of());
    }

    /** Names and values in turn. */
    public static Form of(String... pairs) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            values.put(pairs[i], List.of(pairs[i + 1]));
        }
        return new Form(values);
    }

    /** What was sent. */
    public static Form sent(Map<String, List<String>> values) {
        return new Form(values);
    }

    /** What was sent, with what the operation refused. */
    public Form refused(Reply reply, Words words) {
        return refused(reply, words, name -> name);
    }

    /**
     * The same for a form whose fields do not stand where the operation's do.
     *
     * @param field the name of the form's field for the one that the operation names
     */
    public Form refused(Reply reply, Words words, UnaryOperator<String> field) {
        for (Facts error : reply.body().list("errors")) {
            String name =
                    field.apply(error.text("pointer").replaceFirst("^/", "").replace('/', '.'));
            errors.putIfAbsent(name, message(words, error.text("code"), error.text("detail")));
        }
        if (errors.isEmpty()) {
            String code = reply.body().text("code");
            problem = words.has("problem." + code)
                    ? words.say("problem." + code, reply.body().text("retryAfter"))
                    : reply.body().text("detail");
        }
        return this;
    }

    /** Refuses a field for a reason that is the page's own. */
    public Form refuse(String name, String message) {
        errors.put(name, message);
        return this;
    }

    private static String message(Words words, String code, String detail) {
        if (words.has("error." + code)) {
            return words.say("error." + code, detail);
        }
        return detail.isEmpty() ? code : Character.toUpperCase(detail.charAt(0)) + detail.substring(1) + '.';
    }

    public String value(String name) {
        List<String> all = values.get(name);
        return all == null || all.isEmpty() ? "" : all.get(0);
    }

    public boolean chosen(String name, String value) {
        return values.getOrDefault(name, List.of()).contains(value);
    }

    public String error(String name) {
        return errors.getOrDefault(name, "");
    }

    public boolean wrong(String name) {
        return errors.containsKey(name);
    }

    /** What is wrong with the whole. */
    public String problem() {
        return problem;
    }

    public boolean anyWrong() {
        return !errors.isEmpty() || !problem.isEmpty();
    }

    public Map<String, String> errors() {
        return errors;
    }

    /** The id of a field in the page. */
    public static String id(String name) {
        return name.replace('.', '-').replace('/', '-');
    }

    /** The fields as JSON; those that are empty are not in it. */
    public ObjectNode json(String... names) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            String value = value(name).strip();
            if (!value.isEmpty()) {
                ObjectNode at = json;
                String[] steps = name.split("\\.", -1);
                for (int i = 0; i < steps.length - 1; i++) {
                    at = at.withObject("/" + steps[i]);
                }
                at.put(steps[steps.length - 1], SECRET.contains(steps[steps.length - 1]) ? value(name) : value);
            }
        }
        return json;
    }

    /** The same for an edit: an empty field takes away what was there. */
    public ObjectNode patch(String... names) {
        ObjectNode json = json(names);
        for (String name : names) {
            if (value(name).isBlank()) {
                ObjectNode at = json;
                String[] steps = name.split("\\.", -1);
                for (int i = 0; i < steps.length - 1; i++) {
                    at = at.withObject("/" + steps[i]);
                }
                at.putNull(steps[steps.length - 1]);
            }
        }
        return json;
    }

    /** Whole numbers as such; what is none is sent as it was typed, so that the operation says what is wrong. */
    public void wholes(ObjectNode json, String... names) {
        for (String name : names) {
            String value = value(name).strip();
            String[] steps = name.split("\\.", -1);
            ObjectNode at = json;
            for (int i = 0; i < steps.length - 1; i++) {
                at = at.withObject("/" + steps[i]);
            }
            if (value.matches("\\d{1,9}")) {
                at.put(steps[steps.length - 1], Integer.parseInt(value));
            } else if (!value.isEmpty()) {
                at.put(steps[steps.length - 1], value);
            }
        }
    }

    /** All values of a field that can have many. */
    public ArrayNode many(String name) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        new ArrayList<>(values.getOrDefault(name, List.of())).forEach(all::add);
        return all;
    }
}

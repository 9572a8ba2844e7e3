package org.bursar.kernel;

import java.util.List;
import java.util.Map;

/**
 * One refusal, as RFC 9457 shows it.
 *
 * @param errors each field that is wrong; empty when the fault is not in a field
 * @param extensions further members of the answer, such as {@code available}; values are text, numbers or lists of them
 */
public record Problem(ProblemCode code, String detail, List<FieldError> errors, Map<String, Object> extensions) {
    public Problem {
        errors = List.copyOf(errors);
        extensions = Map.copyOf(extensions);
    }

    /** A problem without fields. */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of(), Map.of());
    }

    /** The same with one more member. */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new java.util.LinkedHashMap<>(extensions);
        more.put(name, value);
        return new Problem(code, detail, errors, more);
    }
}

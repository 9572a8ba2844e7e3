package org.bursar.kernel;

/**
 * A kind of refusal that programs can tell apart. Each is a public constant of a class {@code …Problems} in an exported package:
 * the documentation is generated from them.
 *
 * @param code stable, snake_case
 * @param status the HTTP status that goes with it, 400 to 599
 * @param title what happened, the same for each occurrence
 * @param cause when this happens: the usual reasons, in a sentence or two
 * @param cure what the caller can do
 */
public record ProblemCode(String code, int status, String title, String cause, String cure) {
    public ProblemCode {
        if (!code.matches("[a-z][a-z0-9_]*") || status < 400 || status > 599) {
            throw new IllegalArgumentException("not a problem code: " + code + ' ' + status);
        }
        if (title.isBlank() || cause.isBlank() || cure.isBlank()) {
            throw new IllegalArgumentException("a problem code without explanation: " + code);
        }
    }
}

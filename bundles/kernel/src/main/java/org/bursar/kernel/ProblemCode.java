package org.bursar.kernel;

/**
 * A kind of refusal that programs can tell apart.
 *
 * @param code stable, snake_case
 * @param status the HTTP status that goes with it, 400 to 599
 * @param title what happened, the same for each occurrence
 * @param cure what the caller can do
 */
public record ProblemCode(String code, int status, String title, String cure) {
    public ProblemCode {
        if (!code.matches("[a-z][a-z0-9_]*") || status < 400 || status > 599) {
            throw new IllegalArgumentException("not a problem code: " + code + ' ' + status);
        }
    }
}

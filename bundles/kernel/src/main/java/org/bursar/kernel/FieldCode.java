package org.bursar.kernel;

/**
 * What can be wrong with a field, so that programs can tell it apart. Each is a public constant of a class {@code …Problems} in an
 * exported package: the documentation is generated from them.
 *
 * @param code stable, snake_case
 * @param meaning what it says about the field, in a sentence; the detail of an error says it of the case at hand
 */
public record FieldCode(String code, String meaning) {
    public FieldCode {
        if (!code.matches("[a-z][a-z0-9_]*") || meaning.isBlank()) {
            throw new IllegalArgumentException("not a field code: " + code);
        }
    }

    @Override
    public String toString() {
        return code;
    }
}

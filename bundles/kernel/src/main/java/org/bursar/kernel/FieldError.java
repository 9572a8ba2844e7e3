package org.bursar.kernel;

/**
 * What is wrong with one field.
 *
 * @param pointer a JSON pointer (RFC 6901) into the request's body, or {@code /name} of a query parameter
 * @param code which kind of fault it is
 * @param detail what was wrong and what to send instead
 */
public record FieldError(String pointer, FieldCode code, String detail) {}

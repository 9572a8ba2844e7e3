package org.bursar.rest;

/** How a request tells, to those who count requests, which operation it was. */
public final class Operations {
    /** The request attribute with the operation's method and template, such as {@code GET /customers/{id}}; absent when it matched none. */
    public static final String ATTRIBUTE = "org.bursar.rest.operation";

    private Operations() {}
}

package org.bursar.web.internal;

/**
 * Where an open page is told of changes, and what it has seen already.
 *
 * @param path of the stream; empty when there is nothing that the reader could be told of
 * @param since the marks that were read before the page was
 */
public record Live(String path, String since) {
    public static final Live NONE = new Live("", "");

    public boolean there() {
        return !path.isEmpty();
    }
}

package org.bursar.web.spi;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Who reads, and where. It counts until {@code render} has returned. */
@ProviderType
public interface Request {
    /** {@code GET}, or {@code POST} when a form of this page was sent; then it was checked that the form is of this session. */
    String method();

    /** A parameter of the address, or a field of the form that was sent; empty when there is none. */
    String parameter(String name);

    /** The id of the tenant. */
    String tenant();

    /** The id of the customer whose page this is: on the dashboard the reader's own; empty on pages of the whole tenant. */
    Optional<String> customer();

    /** Whether the reader has a permission here. */
    boolean may(String permission);

    /** A text of the bundle by its key, with its arguments in {0}, {1}. */
    String text(String key, Object... arguments);

    /**
     * Asks an operation of the HTTP interface as the reader: with the reader's permissions, in the reader's tenant.
     *
     * @param path below {@code /api/v1}, such as {@code /customers?limit=5}
     * @param json the body; empty for none
     */
    Answer ask(String method, String path, String json);

    /**
     * What an operation answered.
     *
     * @param json a problem when the status is 400 or more
     */
    record Answer(int status, String json) {}
}

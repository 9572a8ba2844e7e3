package org.bursar.web.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A part of one of the platform's own pages. It is fetched after the page, by itself; a {@code customer.tab} is drawn when its tab is
 * opened. What takes longer than two seconds or fails is a quiet note in its place. Its properties ({@link SlotIn}) say where it goes.
 */
@ConsumerType
public interface Slot {
    /** What is in it. Called on a thread of its own for each request, several at once. */
    Html render(Request request) throws Exception;
}

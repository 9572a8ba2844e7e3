package org.bursar.web.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A page. The platform draws header, navigation, theme and brand around it, and the whole is 404 while the service is not there. Its
 * properties ({@link PageAt}) say where it is and who may see it; that is decided before it is asked.
 */
@ConsumerType
public interface Page {
    /**
     * What is on it. Called on a thread of its own for each request, several at once. After two seconds the reader gets a page that
     * says that this part does not answer, and the thread is interrupted.
     */
    Html render(Request request) throws Exception;
}

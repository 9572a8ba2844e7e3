package org.bursar.chathistory.internal.rest;

import jakarta.ws.rs.core.Application;
import org.bursar.chathistory.Threads;
import org.bursar.rest.RestApplication;
import org.bursar.rest.RestPaths;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The paths of chat history. */
@Component(service = Application.class)
@RestPaths(paths = "/threads")
public final class ChatHistoryApplication extends RestApplication {
    @Activate
    public ChatHistoryApplication(@Reference Threads threads) {
        super(new ThreadsResource(threads));
    }
}

package org.bursar.chathistory.internal.shell;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.bursar.chathistory.ChatThread;
import org.bursar.kernel.Page;

/** Threads for scripts: without what was said. */
final class ThreadLines {
    private static final JsonMapper JSON = new JsonMapper();

    private ThreadLines() {}

    static String json(Page<ChatThread> page) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode items = node.putArray("items");
        for (ChatThread thread : page.items()) {
            items.addObject()
                    .put("id", thread.id().toString())
                    .put("customer", thread.customer().toString())
                    .put("agent", thread.agent())
                    .put("externalId", thread.externalId().orElse(null))
                    .put("status", thread.status().name().toLowerCase(Locale.ROOT))
                    .put("messages", thread.messages())
                    .put("createdAt", thread.createdAt().toString())
                    .put("updatedAt", thread.updatedAt().toString());
        }
        return node.put("next", page.next()).toString();
    }
}

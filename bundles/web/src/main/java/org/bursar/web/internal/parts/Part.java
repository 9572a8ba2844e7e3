package org.bursar.web.internal.parts;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.bursar.web.internal.Words;
import org.osgi.framework.ServiceReference;

/**
 * What a bundle adds, known by the properties of its service alone: nothing of the bundle runs until it is asked to draw.
 *
 * @param room how many of its drawings may run at once, those that hang among them
 */
public record Part(ServiceReference<?> reference, Words words, Semaphore room) {
    static final String PREFIX = "bursar.web.";
    static final int AT_ONCE = 4;

    /** The number of its service: an address that ends with the service. */
    public long id() {
        return reference.getProperty("service.id") instanceof Long id ? id : 0;
    }

    String property(String name) {
        return reference.getProperty(PREFIX + name) instanceof String text ? text : "";
    }

    int order() {
        return reference.getProperty(PREFIX + "order") instanceof Integer order ? order : 100;
    }

    boolean on(boolean dashboard) {
        Object hosts = reference.getProperty(PREFIX + "hosts");
        List<String> all = hosts instanceof String[] many
                ? Arrays.asList(many)
                : List.of(hosts instanceof String one ? one : "console");
        return all.contains(dashboard ? "dashboard" : "console");
    }

    public String permission() {
        return property("permission");
    }

    /** The last step of a tab's address; empty where it is none. */
    public String tab() {
        return property("tab");
    }

    public String title() {
        return words.say(property("title"));
    }

    String bundle() {
        return reference.getBundle() == null ? "a bundle that went" : String.valueOf(reference.getBundle());
    }
}

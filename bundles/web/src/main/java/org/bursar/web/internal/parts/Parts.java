package org.bursar.web.internal.parts;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.bursar.web.internal.Words;
import org.bursar.web.spi.NavigationItem;
import org.bursar.web.spi.Page;
import org.bursar.web.spi.Slot;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that there are now. A part that comes or goes is seen by the next request. */
@Component(service = Parts.class)
public final class Parts {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);
    private static final String TEXTS = "/META-INF/bursar/en.properties";
    private static final String TAB = "customer.tab";
    private static final String STEP = "[a-z0-9-]{1,60}";
    private static final String PATH = "/x/[a-z0-9-]{1,60}/[a-z0-9-]{1,60}";

    private final BundleContext context;
    private final Drawing drawing;
    private final ServiceTracker<NavigationItem, Part> items;
    private final ServiceTracker<Page, Part> pages;
    private final ServiceTracker<Slot, Part> slots;

    /** An item of the navigation. */
    public record Item(String label, String icon, String href, String group) {}

    @Activate
    public Parts(BundleContext context) {
        this.context = context;
        drawing = new Drawing(context);
        items = tracked(NavigationItem.class);
        pages = tracked(Page.class);
        slots = tracked(Slot.class);
    }

    @Deactivate
    void close() {
        items.close();
        pages.close();
        slots.close();
        drawing.close();
    }

    private <S> ServiceTracker<S, Part> tracked(Class<S> type) {
        ServiceTracker<S, Part> tracker = new ServiceTracker<>(context, type, new ServiceTrackerCustomizer<S, Part>() {
            /** The service itself is not asked for: its making is the bundle's code too. */
            @Override
            public Part addingService(ServiceReference<S> reference) {
                return new Part(reference, words(reference.getBundle()), new Semaphore(Part.AT_ONCE));
            }

            @Override
            public void modifiedService(ServiceReference<S> reference, Part part) {
                // properties are read when they are needed
            }

            @Override
            public void removedService(ServiceReference<S> reference, Part part) {
                // nothing of it is kept
            }
        });
        tracker.open();
        return tracker;
    }

    private static Words words(@Nullable Bundle bundle) {
        URL texts = bundle == null ? null : bundle.getEntry(TEXTS);
        if (texts == null) {
            return Words.read("");
        }
        try (InputStream in = texts.openStream()) {
            return Words.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("the texts of {} cannot be read", bundle, e);
            return Words.read("");
        }
    }

    private static Stream<Part> all(ServiceTracker<?, Part> tracker) {
        return tracker.getTracked().values().stream()
                .sorted(Comparator.comparing((Part part) -> part.reference()).reversed());
    }

    /** What the navigation has besides the platform's own, for who has the permissions. */
    public List<Item> navigation(boolean dashboard, java.util.function.Predicate<String> may) {
        return all(items)
                .filter(part -> part.on(dashboard)
                        && may.test(part.permission())
                        && part.property("href").matches(PATH))
                .sorted(Comparator.comparingInt(Part::order))
                .map(part -> new Item(
                        part.words().say(part.property("label")),
                        part.property("icon"),
                        part.property("href"),
                        part.property("group")))
                .toList();
    }

    /** The page at a path. */
    public Optional<Part> page(boolean dashboard, String path) {
        return !path.matches(PATH)
                ? Optional.empty()
                : all(pages)
                        .filter(part ->
                                part.on(dashboard) && part.property("path").equals(path))
                        .findFirst();
    }

    /** What goes into a slot, in its order. */
    public List<Part> slots(String slot, java.util.function.Predicate<String> may) {
        return all(slots)
                .filter(part -> part.property("slot").equals(slot) && may.test(part.permission()))
                .sorted(Comparator.comparingInt(Part::order))
                .toList();
    }

    /** The tabs of one customer, in their order. */
    public List<Part> tabs(java.util.function.Predicate<String> may) {
        return slots(TAB, may).stream().filter(part -> part.tab().matches(STEP)).toList();
    }

    /** The tab of one customer at the last step of its address, whoever may see it. */
    public Optional<Part> tab(String step) {
        return tabs(any -> true).stream()
                .filter(part -> part.tab().equals(step))
                .findFirst();
    }

    /** A part of a slot by the number of its service. */
    public Optional<Part> slot(long id) {
        return all(slots).filter(part -> part.id() == id).findFirst();
    }

    public Drawing drawing() {
        return drawing;
    }
}

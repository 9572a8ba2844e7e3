package org.bursar.itests;

import org.bursar.web.spi.Html;
import org.bursar.web.spi.NavigationItem;
import org.bursar.web.spi.Page;
import org.bursar.web.spi.Request;
import org.bursar.web.spi.Slot;

/** What {@link PartBundle} is made of: a page that does what it is told, a slot and an item of the navigation. */
final class Loyalty {
    private Loyalty() {}

    /** It is never called. */
    public static final class Item implements NavigationItem {
        public Item() {
            throw new IllegalStateException("nothing of a navigation item is called");
        }
    }

    /** Draws, throws, hangs, or hangs and does not listen. */
    public static final class Points implements Page {
        @Override
        public Html render(Request request) throws Exception {
            switch (request.parameter("do")) {
                case "throw" -> throw new LinkageError("broken on purpose");
                case "hang" -> Thread.sleep(60_000);
                case "deaf" -> {
                    long end = System.nanoTime() + 4_000_000_000L;
                    while (System.nanoTime() < end) {
                        try {
                            Thread.sleep(100);
                        } catch (InterruptedException e) {
                            // it does not listen
                        }
                    }
                    request.ask("GET", "/me", "");
                }
                default -> {}
            }
            Request.Answer me = request.ask("GET", "/me", "");
            Request.Answer customers = request.ask("GET", "/customers?limit=1", "");
            return Html.of(
                            "section",
                            Html.of("h2", request.text("loyalty.points", "<script>alert(1)</script>")),
                            Html.of(
                                    "p",
                                    "asked " + me.status() + " and " + customers.status() + " in " + request.tenant()),
                            Html.of(
                                            "form",
                                            Html.of("button", request.parameter("word"))
                                                    .with("class", "btn")
                                                    .with("type", "submit"))
                                    .with("action", "/x/loyalty/points"))
                    .with("class", "card");
        }
    }

    /** Says whose page it is on. */
    public static final class Corner implements Slot {
        @Override
        public Html render(Request request) {
            return Html.of("p", "the points of " + request.customer().orElse("nobody"));
        }
    }

    /** Says whose tab it is, throws or hangs. */
    public static final class Tab implements Slot {
        @Override
        public Html render(Request request) throws Exception {
            switch (request.parameter("do")) {
                case "throw" -> throw new IllegalStateException("broken on purpose");
                case "hang" -> Thread.sleep(60_000);
                default -> {}
            }
            return Html.of("p", "the tab of " + request.customer().orElse("nobody"));
        }
    }
}

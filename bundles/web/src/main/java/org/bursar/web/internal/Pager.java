package org.bursar.web.internal;

/**
 * The way through a long list by its cursors. Those of the pages before travel in the address, so that Previous leads back without a
 * list ever being counted through.
 *
 * @param first the number of the first row, from 1
 * @param total how many there are, as far as they were counted; less than 0 where nobody knows
 * @param more whether there are more than the total
 * @param previous the address of the page before; empty on the first
 * @param next that of the page after; empty on the last
 */
public record Pager(int first, int rows, long total, boolean more, String previous, String next) {
    private static final int DEEPEST = 25;

    /**
     * @param address the list's with all that filters it
     * @param size of a page
     * @param total how many there are, or less than 0 where nobody knows
     */
    public static Pager of(Visit visit, String address, Facts page, int size, long total) {
        String after = visit.query("after");
        String trail = visit.query("trail");
        int depth = after.isEmpty() ? 0 : trail.isEmpty() ? 1 : trail.split("~", -1).length + 1;
        String next = page.text("next");
        String farther = after.isEmpty() ? "" : trail.isEmpty() ? after : trail + '~' + after;
        if (depth >= DEEPEST) {
            farther = farther.substring(farther.indexOf('~') + 1);
        }
        int last = trail.lastIndexOf('~');
        String previous = after.isEmpty()
                ? ""
                : trail.isEmpty()
                        ? address
                        : Visit.path(
                                address,
                                "after",
                                trail.substring(last + 1),
                                "trail",
                                last < 0 ? "" : trail.substring(0, last));
        return new Pager(
                depth * size + 1,
                page.items().size(),
                total,
                page.yes("more"),
                previous,
                next.isEmpty() ? "" : Visit.path(address, "after", next, "trail", farther));
    }

    /** What is shown of how many. */
    public String range(Frame frame) {
        String shown = frame.show().number(first) + "–" + frame.show().number(first + rows - 1);
        if (rows == 0) {
            return "";
        }
        return total >= first
                ? frame.t("range.of", shown, frame.show().number(total) + (more ? "+" : ""))
                : next.isEmpty() && first == 1
                        ? frame.t("range.all", frame.show().number(rows))
                        : shown;
    }
}

package org.bursar.web.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last four weeks of a gateway's provider as bars, today's at the right: whole where all was well on each look, shorter where not. */
public final class HealthBars {
    private static final int DAYS = 28;
    private static final int PITCH = 4;
    private static final int WHOLE = 16;
    private static final int HURT = 11;
    private static final int NONE = 3;

    private HealthBars() {}

    /** One day: its colour and its place in a drawing of 112 by 16. */
    public record Bar(String css, int x, int y, int height) {}

    /** The bars, the oldest first; a day on which nobody looked is a stub. */
    public static List<Bar> of(Facts health, LocalDate today) {
        Map<LocalDate, Facts> days = new HashMap<>();
        health.list("days").forEach(day -> days.put(LocalDate.parse(day.text("day")), day));
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < DAYS; i++) {
            Facts day = days.get(today.minusDays(DAYS - 1L - i));
            boolean well = day != null && day.whole("well") == day.whole("checks");
            int height = day == null ? NONE : well ? WHOLE : HURT;
            bars.add(new Bar(day == null ? "b5" : well ? "b2" : "b3", i * PITCH, WHOLE - height, height));
        }
        return bars;
    }

    /** On how many of the days something was wrong. */
    public static long hurt(Facts health) {
        return health.list("days").stream()
                .filter(day -> day.whole("well") < day.whole("checks"))
                .count();
    }
}

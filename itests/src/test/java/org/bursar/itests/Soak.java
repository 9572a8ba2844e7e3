package org.bursar.itests;

/** How much a test does: little in each {@code ./test}, all of it in {@code ./test --soak}. */
public final class Soak {
    /** A platform that is stopped after a minute or two is not worth the processors that compiling it well takes. */
    static final String QUICK_JVM = "-XX:TieredStopAtLevel=1";

    private Soak() {}

    /** Whether this run is a soak: {@code -Dsoak=true}, here and in the containers that the tests start. */
    public static boolean on() {
        return Boolean.getBoolean("soak");
    }

    /** The small count, or in a soak the full one. */
    public static int count(int small, int full) {
        return on() ? full : small;
    }
}

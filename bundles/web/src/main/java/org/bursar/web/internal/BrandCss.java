package org.bursar.web.internal;

import java.util.Locale;

/**
 * The style sheet of a tenant's one colour: the six accents of both themes, each moved towards black or white until white on the
 * accent, and accent text on every surface, reach 4.5:1 (WCAG 2.2, 1.4.3).
 */
public final class BrandCss {
    private static final double ENOUGH = 4.5;
    private static final double STEP = 0.02;
    private static final int[] WHITE = {255, 255, 255};
    private static final int[] BLACK = {0, 0, 0};
    /** The darkest ground of the light theme and the lightest of the dark one that accent text may stand on. */
    private static final int[] LIGHT_GROUND = {0xe9, 0xeb, 0xf0};

    private static final int[] DARK_GROUND = {0x24, 0x29, 0x32};
    private static final int[] DARK_SURFACE = {0x13, 0x16, 0x1c};

    private BrandCss() {}

    /** @param colour such as {@code #0b6b62} */
    public static String of(String colour) {
        int[] brand = parse(colour);
        int[] accent = until(brand, BLACK, WHITE);
        int[] lightSoft = mix(brand, WHITE, 0.90);
        int[] lightText = until(until(accent, BLACK, LIGHT_GROUND), BLACK, lightSoft);
        int[] darkSoft = mix(brand, DARK_SURFACE, 0.78);
        int[] darkText = until(until(mix(brand, WHITE, 0.35), WHITE, DARK_GROUND), WHITE, darkSoft);
        return ":root{--accent:" + hex(accent)
                + ";--accent-hover:" + hex(mix(accent, BLACK, 0.16))
                + ";--on-accent:#fff"
                + ";--accent-text:" + both(lightText, darkText)
                + ";--accent-soft:" + both(lightSoft, darkSoft)
                + ";--accent-line:" + both(mix(brand, WHITE, 0.66), mix(brand, DARK_SURFACE, 0.5))
                + ";--ga:" + hex(mix(accent, WHITE, 0.10))
                + ";--gb:" + hex(mix(accent, BLACK, 0.72)) + "}\n";
    }

    /** The same for a part of a page alone, to be looked at before it is saved. */
    public static String preview(String colour) {
        return of(colour).replace(":root", ".bp");
    }

    private static String both(int[] light, int[] dark) {
        return "light-dark(" + hex(light) + ',' + hex(dark) + ')';
    }

    private static int[] parse(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return new int[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
    }

    private static String hex(int[] rgb) {
        return String.format(Locale.ROOT, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
    }

    /** The colour, moved towards another as little as the contrast with the ground asks. */
    private static int[] until(int[] colour, int[] towards, int[] ground) {
        int[] moved = colour;
        for (double share = STEP; contrast(moved, ground) < ENOUGH && share <= 1; share += STEP) {
            moved = mix(colour, towards, share);
        }
        return moved;
    }

    private static int[] mix(int[] colour, int[] other, double share) {
        int[] mixed = new int[3];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (int) Math.round(colour[i] * (1 - share) + other[i] * share);
        }
        return mixed;
    }

    static double contrast(int[] one, int[] other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(int[] rgb) {
        return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}

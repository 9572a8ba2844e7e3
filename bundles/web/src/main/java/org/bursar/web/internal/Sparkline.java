package org.bursar.web.internal;

import java.math.BigDecimal;
import java.util.List;

/**
 * A few weeks as a line without an axis: on a scale of its own, from zero at the bottom to the highest at the top, or from the lowest
 * where corrections went below zero.
 *
 * @param line the path of the line in a drawing of 96 by 26
 * @param flat whether there is nothing to see
 */
public record Sparkline(String line, boolean flat) {
    private static final double WIDTH = 96;
    private static final double TOP = 3;
    private static final double BOTTOM = 24;
    private static final String FLAT = "M0 24L96 24";

    public static Sparkline of(List<BigDecimal> values) {
        double highest =
                values.stream().mapToDouble(BigDecimal::doubleValue).max().orElse(0);
        double lowest =
                values.stream().mapToDouble(BigDecimal::doubleValue).min().orElse(0);
        double from = Math.min(0, lowest);
        double span = Math.max(0, highest) - from;
        if (span <= 0 || values.size() < 2) {
            return new Sparkline(FLAT, true);
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            double up = (values.get(i).doubleValue() - from) / span;
            line.append(i == 0 ? 'M' : 'L')
                    .append(tenths(i * WIDTH / (values.size() - 1)))
                    .append(' ')
                    .append(tenths(BOTTOM - up * (BOTTOM - TOP)));
        }
        return new Sparkline(line.toString(), false);
    }

    /** The path of what is under the line. */
    public String area() {
        return line + "L96 26L0 26Z";
    }

    /** One place, and none where it is whole. */
    private static String tenths(double number) {
        long tenths = Math.round(number * 10);
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }
}

package org.bursar.web.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** A bar chart that the server draws: zero-based, ticks at round numbers, at most two series, one upon the other or side by side. */
public final class Chart {
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 200;
    private static final double GAP = 0.3;
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};
    private static final int TICKS = 4;

    private final List<Column> columns = new ArrayList<>();
    private boolean wholes;
    private boolean sideBySide;
    private int firstColour = 1;

    /** One column: what it is called, its values from below, and what it says when somebody points at it. */
    public record Column(String label, List<BigDecimal> values, String tip) {}

    /** A rectangle of a series. */
    public record Bar(String css, double x, double y, double width, double height) {}

    /** A place that answers to the pointer. */
    public record Hit(double x, double width, String tip) {}

    /** One whose lines stand for whole numbers, of things that are counted; in another colour than money. */
    public static Chart ofWholes() {
        Chart chart = new Chart();
        chart.wholes = true;
        chart.firstColour = 2;
        return chart;
    }

    /** One whose series stand beside each other, since neither is a part of the other; the second in the colour of costs. */
    public static Chart sideBySide() {
        Chart chart = new Chart();
        chart.sideBySide = true;
        return chart;
    }

    public Chart add(String label, List<BigDecimal> values, String tip) {
        columns.add(new Column(label, values, tip));
        return this;
    }

    public List<Column> columns() {
        return columns;
    }

    public boolean empty() {
        return columns.stream().allMatch(column -> total(column).signum() == 0);
    }

    private BigDecimal total(Column column) {
        return column.values().stream().reduce(BigDecimal.ZERO, sideBySide ? BigDecimal::max : BigDecimal::add);
    }

    /** What the highest line stands for. */
    public BigDecimal top() {
        double highest = columns.stream()
                .mapToDouble(column -> total(column).doubleValue())
                .max()
                .orElse(0);
        if (highest <= 0) {
            return BigDecimal.valueOf(TICKS);
        }
        double step = Math.pow(10, Math.floor(Math.log10(highest / TICKS)));
        for (double round : ROUND) {
            if (round * step * TICKS >= highest && (!wholes || round * step == Math.rint(round * step))) {
                return BigDecimal.valueOf(round * step * TICKS).setScale(2, RoundingMode.HALF_UP);
            }
        }
        return BigDecimal.valueOf(highest);
    }

    /** What the lines stand for, from above. */
    public List<BigDecimal> ticks() {
        List<BigDecimal> ticks = new ArrayList<>();
        for (int i = TICKS; i >= 0; i--) {
            ticks.add(top().multiply(BigDecimal.valueOf(i)).divide(BigDecimal.valueOf(TICKS), 2, RoundingMode.HALF_UP));
        }
        return ticks;
    }

    /** Where the lines are. */
    public List<Double> lines() {
        List<Double> lines = new ArrayList<>();
        for (int i = 0; i <= TICKS; i++) {
            lines.add(rounded(i * HEIGHT / TICKS));
        }
        return lines;
    }

    public List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        double top = top().doubleValue();
        double slot = WIDTH / Math.max(1, columns.size());
        for (int i = 0; i < columns.size(); i++) {
            double below = HEIGHT;
            List<BigDecimal> values = columns.get(i).values();
            double width = slot * (1 - GAP) / (sideBySide ? values.size() : 1);
            for (int series = 0; series < values.size(); series++) {
                double height = values.get(series).doubleValue() / top * HEIGHT;
                below = (sideBySide ? HEIGHT : below) - height;
                if (height > 0) {
                    bars.add(new Bar(
                            "b" + (firstColour + (sideBySide ? 2 * series : series)),
                            rounded(slot * i + slot * GAP / 2 + (sideBySide ? width * series : 0)),
                            rounded(below),
                            rounded(width),
                            rounded(height)));
                }
            }
        }
        return bars;
    }

    public List<Hit> hits() {
        List<Hit> hits = new ArrayList<>();
        double slot = WIDTH / Math.max(1, columns.size());
        for (int i = 0; i < columns.size(); i++) {
            hits.add(new Hit(rounded(slot * i), rounded(slot), columns.get(i).tip()));
        }
        return hits;
    }

    private static double rounded(double number) {
        return Math.round(number * 10) / 10.0;
    }
}

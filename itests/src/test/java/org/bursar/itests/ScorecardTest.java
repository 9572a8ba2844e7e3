package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The scorecard adds up, keeps the worst, and does not hold when a figure is missing or wrong. */
public final class ScorecardTest {
    @Rule
    public final TemporaryFolder reports = new TemporaryFolder();

    private String before;

    @Before
    public void reportElsewhere() {
        before = System.getProperty("bursar.scorecard");
        System.setProperty("bursar.scorecard", reports.getRoot().getPath());
    }

    @After
    public void reportAsBefore() {
        if (before == null) {
            System.clearProperty("bursar.scorecard");
        } else {
            System.setProperty("bursar.scorecard", before);
        }
    }

    private static void everythingIsWell() {
        for (Figure figure : Figure.values()) {
            if (figure.timed()) {
                Scorecard.worst(figure, Duration.ofMillis(10));
            } else if (figure.mustBe().equals("0")) {
                Scorecard.add(figure, 3, 0);
            } else {
                Scorecard.add(figure, 3, 3);
            }
        }
    }

    private ScorecardPage page() {
        return new ScorecardPage(Path.of(reports.getRoot().getPath()));
    }

    private String row(Figure figure) throws IOException {
        return page().table()
                .lines()
                .filter(line -> line.startsWith("| " + figure.what + " |"))
                .findFirst()
                .orElseThrow();
    }

    private boolean holds() throws IOException {
        ScorecardPage page = page();
        page.table();
        return page.holds();
    }

    @Test
    public void aFullScorecardHolds() throws IOException {
        everythingIsWell();
        assertTrue(page().table(), holds());
    }

    @Test
    public void reportsAreAddedUpAndOfTimesTheWorstIsKept() throws IOException {
        Scorecard.add(Figure.BAD_INPUTS, 2000, 0);
        Scorecard.add(Figure.BAD_INPUTS, 1, 0);
        Scorecard.worst(Figure.SWAP_DELAY, 40, Duration.ofMillis(120));
        Scorecard.worst(Figure.SWAP_DELAY, Duration.ofMillis(7));
        assertEquals("| bad inputs answered with a 5xx | 2001 | 0 | 0 |", row(Figure.BAD_INPUTS));
        assertEquals(
                "| worst answer elsewhere while a bundle is swapped | 41 | 0.120 s | at most 0.300 s |",
                row(Figure.SWAP_DELAY));
    }

    @Test
    public void oneMissingFigureIsShownAndFails() throws IOException {
        assertEquals("| acknowledged writes lost | 0 | **missing** | 0 |", row(Figure.LOST_WRITES));
        assertFalse(holds());
    }

    @Test
    public void eachKindOfFigureCanFail() throws IOException {
        everythingIsWell();
        Scorecard.add(Figure.PROBES, 1, 1);
        assertEquals("| " + Figure.PROBES.what + " | 4 | **1** | 0 |", row(Figure.PROBES));
        assertFalse(holds());
        Scorecard.add(Figure.SEEDED_BUGS, 1, 0);
        assertEquals("| " + Figure.SEEDED_BUGS.what + " | 4 | **3** | all |", row(Figure.SEEDED_BUGS));
        Scorecard.worst(Figure.DRAIN_TIME, Duration.ofMillis(20_001));
        assertEquals(
                "| " + Figure.DRAIN_TIME.what + " | 2 | **20.001 s** | at most 20.000 s |", row(Figure.DRAIN_TIME));
    }

    @Test
    public void aTimeIsNoCount() {
        assertThrows(IllegalArgumentException.class, () -> Scorecard.add(Figure.DRAIN_TIME, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Scorecard.worst(Figure.PROBES, Duration.ZERO));
    }
}

package org.bursar.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bursar.kernel.Figure;
import org.bursar.kernel.Figures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FiguresBoardTest {
    private final Registry registry = new Registry();
    private final FiguresBoard board = new FiguresBoard(registry);

    @AfterEach
    void close() {
        board.close();
        registry.close();
    }

    private record Fake(String source, Duration every, Supplier<List<Figure>> reading) implements Figures {
        @Override
        public List<Figure> read() {
            return reading.get();
        }
    }

    private String text() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        registry.write(out, "text/plain; version=0.0.4; charset=utf-8");
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void figuresOfAllSourcesAreShownBesideTheJvms() throws Exception {
        board.bind(new Fake(
                "mail",
                Duration.ZERO,
                () -> List.of(
                        Figure.of("bursar_mail_queued", "Mails that wait", 3),
                        new Figure("bursar_mail_handled_total", "Mails", Map.of("outcome", "sent"), 7),
                        new Figure("bursar_mail_handled_total", "Mails", Map.of("outcome", "failed"), 1))));
        assertThat(text())
                .contains("# TYPE bursar_mail_queued gauge\nbursar_mail_queued 3.0\n")
                .contains("# TYPE bursar_mail_handled_total counter\n")
                .contains("bursar_mail_handled_total{outcome=\"sent\"} 7.0\n")
                .contains("bursar_figures_up{source=\"mail\"} 1.0\n")
                .contains("jvm_memory_used_bytes{");
    }

    @Test
    void aSourceThatThrowsHarmsNoOtherAndSaysSo() throws Exception {
        board.bind(new Fake("good", Duration.ZERO, () -> List.of(Figure.of("bursar_good", "Good", 1))));
        board.bind(new Fake("bad", Duration.ZERO, () -> {
            throw new IllegalStateException("the database is away");
        }));
        assertThat(text())
                .contains("bursar_good 1.0\n")
                .contains("bursar_figures_up{source=\"bad\"} 0.0\n")
                .contains("bursar_figures_up{source=\"good\"} 1.0\n");
    }

    @Test
    void whatNeedsTheDatabaseIsReadInTheBackgroundAndShownAsItWasLast() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        board.bind(new Fake("ledger", Duration.ofHours(1), () -> {
            read.countDown();
            return List.of(Figure.of("bursar_ledger_entries", "Entries", 5));
        }));
        assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
        String text = text();
        for (int i = 0; i < 100 && !text.contains("bursar_ledger_entries 5.0"); i++) {
            Thread.sleep(50);
            text = text();
        }
        assertThat(text)
                .contains("bursar_ledger_entries 5.0\n")
                .contains("bursar_figures_age_seconds{source=\"ledger\"}");
    }

    @Test
    void aSourceThatHangsDoesNotHoldUpWhoeverLooks() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        board.bind(new Fake("hangs", Duration.ofSeconds(1), () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        }));
        assertThat(text()).contains("bursar_figures_up{source=\"hangs\"}");
    }

    @Test
    void figuresGoWithTheirCapability() throws Exception {
        Figures figures = new Fake("mail", Duration.ZERO, () -> List.of(Figure.of("bursar_mail_queued", "Mails", 3)));
        board.bind(figures);
        assertThat(text()).contains("bursar_mail_queued");
        board.unbind(figures);
        assertThat(text()).doesNotContain("bursar_mail_queued");
    }

    @Test
    void twoSourcesWithTheSameFigureBreakNothing() throws Exception {
        board.bind(new Fake("one", Duration.ZERO, () -> List.of(Figure.of("bursar_same", "Same", 1))));
        board.bind(new Fake("two", Duration.ZERO, () -> List.of(Figure.of("bursar_same", "Same", 2))));
        board.bind(new Fake("three", Duration.ZERO, () -> List.of(Figure.of("bursar_other", "Other", 3))));
        assertThat(text()).contains("bursar_other 3.0\n");
    }
}

package org.bursar.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Figure;
import org.bursar.kernel.Scope;
import org.bursar.mail.Mail;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailFiguresDbTest {
    private final TestClock clock = TestClock.at("2026-11-21T10:00:00Z");
    private final TestDatabase database = TestDatabase.fresh();
    private final SealedOutbox outbox = new SealedOutbox(database.database(), database.secrets(), clock);
    private final MailTally tally = new MailTally();
    private final MailFigures figures = new MailFigures(database.database(), clock, tally);

    @AfterEach
    void close() {
        database.close();
    }

    private Map<String, Double> values() {
        return figures.read().stream()
                .collect(Collectors.toMap(
                        figure -> figure.name() + figure.labels().getOrDefault("outcome", ""), Figure::value));
    }

    private void put() {
        outbox.put(
                Scope.platform(Actor.system("test")),
                new Mail("welcome", "mara@harborlight.example", "s", "t", Optional.empty()));
    }

    @Test
    void theySayWhatWaitsSinceWhenAndWhatCameOfTheRest() {
        put();
        clock.advance(Duration.ofMinutes(2));
        put();
        assertThat(values())
                .containsEntry("bursar_mail_queued", 2.0)
                .containsEntry("bursar_mail_oldest_waiting_seconds", 120.0);
        // without a server mails are kept
        new MailSending(database.database(), database.secrets(), clock, outbox, tally, TestConfig.server("")).run();
        assertThat(values())
                .containsEntry("bursar_mail_queued", 0.0)
                .containsEntry("bursar_mail_oldest_waiting_seconds", 0.0)
                .containsEntry("bursar_mail_handled_totalkept", 2.0)
                .containsEntry("bursar_mail_handled_totalsent", 0.0);
    }
}

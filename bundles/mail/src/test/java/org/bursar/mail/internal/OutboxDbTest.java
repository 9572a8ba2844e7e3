package org.bursar.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MailId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;
import org.bursar.mail.Mail;
import org.bursar.mail.MailReadLog;
import org.bursar.mail.MailStatus;
import org.bursar.mail.MailSummary;
import org.bursar.mail.SenderBrand;
import org.bursar.mail.internal.sql.MailMapper;
import org.bursar.testing.TestClock;
import org.bursar.testing.TestDatabase;
import org.bursar.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxDbTest {
    private static final Actor ACTOR = Actor.system("test");

    private final TestClock clock = TestClock.at("2026-11-21T10:00:00Z");
    private final TestDatabase database = TestDatabase.fresh();
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final TenantId tenant = TenantId.next(clock);
    private final TenantId other = TenantId.next(clock);
    private final CustomerId customer = CustomerId.next(clock);
    private final Scope scope = Scope.of(tenant, ACTOR);
    private final SealedOutbox outbox = new SealedOutbox(database.database(), database.secrets(), clock);

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        database.close();
    }

    @Test
    void aMailWhoseTransactionRollsBackIsNeverSent() {
        assertThatThrownBy(() -> database.database().run(scope, () -> {
                    outbox.put(scope, mail());
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        sending().run();
        assertThat(server.getReceivedMessages()).isEmpty();
        assertThat(list(scope)).isEmpty();
    }

    @Test
    void aCommittedMailIsSentAtTheNextTurnInTheTenantsNameAndOnce() throws Exception {
        MailSending sending = sending();
        sending.brand =
                id -> Optional.of(new SenderBrand.Sender("Harborlight", Optional.of("hello@harborlight.example")));
        MailId id = outbox.put(scope, mail());
        sending.run();
        clock.advance(Duration.ofDays(1));
        sending.run();

        assertThat(server.getReceivedMessages()).hasSize(1);
        MimeMessage message = server.getReceivedMessages()[0];
        assertThat(message.getFrom()[0]).hasToString("Harborlight <hello@harborlight.example>");
        assertThat(message.getMessageID()).isEqualTo("<" + id + "@harborlight.example>");
        MailSummary summary = only(scope);
        assertThat(summary.status()).isEqualTo(MailStatus.SENT);
        assertThat(summary.attempts()).isEqualTo(1);
        assertThat(summary.sentAt()).isPresent();
    }

    @Test
    void withoutABrandItGoesInThePlatformsName() throws Exception {
        outbox.put(Scope.platform(ACTOR), new Mail("welcome", "mara@harborlight.example", "s", "t", Optional.empty()));
        sending().run();
        assertThat(server.getReceivedMessages()[0].getFrom()[0]).hasToString("Platform <billing@platform.example>");
    }

    @Test
    void whatIsStoredSaysNothingInClear() {
        outbox.put(scope, mail());
        String stored =
                asTenant("select encode(recipient, 'escape') || encode(subject, 'escape') || encode(body, 'escape')"
                        + " from mail.message");
        assertThat(stored)
                .isNotEqualTo("null")
                .doesNotContain("acmecorp")
                .doesNotContain("Welcome")
                .doesNotContain("link");
        assertThat(only(scope).recipient()).isEqualTo("j***@acmecorp.example");
    }

    @Test
    void withoutAMailServerMailsAreKeptAndCanBeRead() {
        MailSending sending = sending("");
        MailId id = outbox.put(scope, mail());
        sending.run();
        assertThat(only(scope).status()).isEqualTo(MailStatus.KEPT);
        assertThat(outbox.read(scope, id).text()).isEqualTo("Your link: https://x.example/1\n");

        // an old link must not go out on the day a server is configured
        sending.configure(config());
        clock.advance(Duration.ofDays(1));
        sending.run();
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void whileTheServerIsAwayMailsWaitAndGoWhenItIsBack() {
        MailSending sending = sending();
        server.stop();
        outbox.put(scope, mail());
        outbox.put(scope, mail());
        sending.run();
        assertThat(list(scope)).allMatch(mail -> mail.status() == MailStatus.QUEUED);
        assertThat(list(scope).stream().mapToInt(MailSummary::attempts).sum()).isEqualTo(1);
        assertThat(list(scope)).anyMatch(mail -> mail.failure().equals(Optional.of("connect: ConnectException")));

        GreenMail back = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        back.start();
        try {
            sending.run();
            assertThat(back.getReceivedMessages()).as("while it pauses").isEmpty();
            clock.advance(Duration.ofSeconds(61));
            sending.run();
            assertThat(back.getReceivedMessages()).hasSize(2);
        } finally {
            back.stop();
        }
    }

    @Test
    void aMailThatCannotGoForThreeDaysIsGivenUp() {
        MailSending sending = sending();
        server.stop();
        outbox.put(scope, mail());
        int turns = 0;
        while (only(scope).status() == MailStatus.QUEUED) {
            sending.run();
            clock.advance(Duration.ofMinutes(30));
            assertThat(++turns).isLessThan(200);
        }
        assertThat(only(scope).status()).isEqualTo(MailStatus.FAILED);
        assertThat(Duration.ofMinutes(30).multipliedBy(turns)).isBetween(Duration.ofDays(3), Duration.ofHours(74));
        assertThat(only(scope).attempts()).isBetween(15, 30);
    }

    @Test
    void aRefusedRecipientFailsAtOnceAndTheNextMailStillGoes() throws IOException {
        try (ScriptedServer scripted = new ScriptedServer("550 5.1.1 <jonas@acmecorp.example> unknown")) {
            MailSending sending = sending("smtp://127.0.0.1:" + scripted.port());
            outbox.put(scope, mail());
            outbox.put(scope, mail());
            sending.run();
        }
        assertThat(list(scope)).hasSize(2).allMatch(mail -> mail.status() == MailStatus.FAILED);
        assertThat(list(scope)).allMatch(mail -> mail.failure().equals(Optional.of("recipient refused: 550")));
    }

    @Test
    void aTextThatIsNoAddressFailsAndDoesNotStopTheQueue() {
        outbox.put(scope, new Mail("welcome", "a@b.example, c@d.example", "s", "t", Optional.empty()));
        clock.advance(Duration.ofMillis(1));
        outbox.put(scope, mail());
        sending().run();
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(list(scope)).extracting(MailSummary::status).containsExactly(MailStatus.SENT, MailStatus.FAILED);
    }

    @Test
    void aMailThatWasTakenWhenThePlatformDiedGoesAfterItsLease() {
        outbox.put(scope, mail());
        MailMapper mapper = database.database().mapper("mail", MailMapper.class);
        database.database()
                .run(
                        scope,
                        () -> assertThat(mapper.lease(
                                        tenant, clock.instant(), clock.instant().plus(Duration.ofMinutes(5))))
                                .isPresent());
        MailSending sending = sending();
        sending.run();
        assertThat(server.getReceivedMessages()).as("leased").isEmpty();

        clock.advance(Duration.ofMinutes(6));
        sending.run();
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(only(scope).attempts()).isEqualTo(2);
    }

    @Test
    void oneTenantsTroubleDoesNotKeepTheOthersWaiting() {
        MailSending sending = sending();
        sending.brand = id -> {
            if (id.equals(other)) {
                throw new IllegalStateException("no brand, on purpose");
            }
            return Optional.empty();
        };
        outbox.put(Scope.of(other, ACTOR), new Mail("welcome", "a@a.example", "s", "t", Optional.empty()));
        outbox.put(scope, mail());
        assertThatThrownBy(sending::run).hasMessage("no brand, on purpose");
        assertThat(only(scope).status()).isEqualTo(MailStatus.SENT);
        assertThat(only(Scope.of(other, ACTOR)).status()).isEqualTo(MailStatus.QUEUED);
    }

    @Test
    void mailsThatAnotherNodeWroteAreFoundByTheWalk() {
        MailSending sending = sending();
        sending.run();
        new SealedOutbox(database.database(), database.secrets(), clock).put(scope, mail());
        sending.run();
        assertThat(server.getReceivedMessages()).isEmpty();
        clock.advance(Duration.ofSeconds(16));
        sending.run();
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aWrongConfigurationLeavesTheFormerInForce() {
        MailSending sending = sending();
        sending.configure(TestConfig.server("nonsense"));
        outbox.put(scope, mail());
        sending.run();
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aWrongConfigurationFromTheStartMakesMailsWait() {
        MailSending sending = sending("nonsense");
        outbox.put(scope, mail());
        sending.run();
        assertThat(only(scope).status()).isEqualTo(MailStatus.QUEUED);
        sending.configure(config());
        sending.run();
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void anotherTenantsOrCustomersMailIsNotThere() {
        MailId id = outbox.put(scope, mail());
        Scope foreign = Scope.of(other, ACTOR);
        assertThat(list(foreign)).isEmpty();
        assertThatThrownBy(() -> outbox.read(foreign, id)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> outbox.read(scope.only(CustomerId.next(clock)), id))
                .isInstanceOf(ProblemException.class);
        assertThat(outbox.read(scope.only(customer), id).to()).isEqualTo("jonas@acmecorp.example");
    }

    @Test
    void aReadingIsRecordedAndWithoutTheRecordNothingIsShown() {
        MailId id = outbox.put(scope, mail());
        List<MailId> read = new ArrayList<>();
        MailReadLog log = (reader, mail) -> read.add(mail.id());
        outbox.bind(log);
        assertThat(outbox.read(scope, id).subject()).isEqualTo("Welcome");
        assertThat(read).containsExactly(id);

        outbox.unbind(log);
        outbox.bind((reader, mail) -> {
            throw new IllegalStateException("no record");
        });
        assertThatThrownBy(() -> outbox.read(scope, id)).hasMessage("no record");
    }

    @Test
    void textsAreRemovedThirtyDaysAfterTheMailIsDone() {
        MailRetention retention = new MailRetention(database.database(), clock);
        retention.tenants = directory();
        MailId sent = outbox.put(scope, mail());
        sending().run();
        clock.advance(Duration.ofDays(29));
        retention.run();
        assertThat(outbox.read(scope, sent).text()).isNotEmpty();

        MailId queued = outbox.put(scope, mail());
        clock.advance(Duration.ofDays(2));
        retention.run();
        assertThat(outbox.read(scope, sent).text()).isEmpty();
        assertThat(outbox.read(scope, sent).subject()).isEmpty();
        assertThat(outbox.read(scope, queued).text()).isNotEmpty();
    }

    @Test
    void erasureRemovesACustomersMailsAndNoOthers() {
        outbox.put(scope, mail());
        outbox.put(scope, new Mail("welcome", "b@b.example", "s", "t", Optional.of(CustomerId.next(clock))));
        assertThat(outbox.erase(scope, customer)).isEqualTo(1);
        assertThat(list(scope)).hasSize(1);
    }

    @Test
    void listsAreReadInPagesTheLatestFirst() {
        List<MailId> put = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            put.add(0, outbox.put(scope, mail()));
            clock.advance(Duration.ofMillis(1));
        }
        List<MailId> seen = new ArrayList<>();
        String after = null;
        do {
            Page<MailSummary> page = outbox.list(scope, new Page.Request(2, after));
            page.items().forEach(mail -> seen.add(mail.id()));
            after = page.next();
        } while (after != null);
        assertThat(seen).isEqualTo(put);
        assertThatThrownBy(() -> outbox.list(scope, new Page.Request(2, "nonsense")))
                .isInstanceOf(ProblemException.class);
    }

    private Mail mail() {
        return new Mail(
                "welcome",
                "jonas@acmecorp.example",
                "Welcome",
                "Your link: https://x.example/1\n",
                Optional.of(customer));
    }

    private int port;

    private MailConfig config() {
        return TestConfig.server("smtp://127.0.0.1:" + port);
    }

    private MailSending sending() {
        port = server.getSmtp().getPort();
        return sending("smtp://127.0.0.1:" + port);
    }

    private MailSending sending(String url) {
        port = server.getSmtp().getPort();
        MailSending sending = new MailSending(
                database.database(), database.secrets(), clock, outbox, new MailTally(), TestConfig.server(url));
        sending.tenants = directory();
        return sending;
    }

    private TenantDirectory directory() {
        return new TenantDirectory() {
            @Override
            public Optional<TenantId> bySlug(String slug) {
                return Optional.empty();
            }

            @Override
            public Optional<TenantId> byHost(String host) {
                return Optional.empty();
            }

            @Override
            public boolean exists(TenantId id) {
                return true;
            }

            @Override
            public List<TenantId> all() {
                return List.of(other, tenant);
            }
        };
    }

    private List<MailSummary> list(Scope of) {
        return outbox.list(of, Page.Request.first()).items();
    }

    private MailSummary only(Scope of) {
        assertThat(list(of)).hasSize(1);
        return list(of).get(0);
    }

    /** As the owner: under force row level security it needs the tenant too. */
    private String asTenant(String sql) {
        try (Connection connection = TestPostgres.connectAsOwner(database.address());
                Statement statement = connection.createStatement()) {
            statement.execute("set app.tenant = '" + tenant.uuid() + "'");
            try (ResultSet rows = statement.executeQuery(sql)) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.bursar.webhooks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.WebhookDeliveryId;
import org.bursar.webhooks.Announcement;
import org.bursar.webhooks.DeliveryStatus;
import org.bursar.webhooks.EndpointDraft;
import org.bursar.webhooks.EndpointStatus;
import org.bursar.webhooks.WebhookDelivery;
import org.bursar.webhooks.Webhooks;
import org.bursar.webhooks.WebhooksProblems;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the transaction in which something happens to the tenant's system. */
class WebhooksDbTest {
    private static World world;

    private Scope scope;
    private Receiver receiver;
    private Webhooks.Created endpoint;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void listen() throws IOException {
        world.send();
        scope = world.tenant();
        receiver = new Receiver();
        endpoint = world.webhooks.create(scope, draft(receiver.url(), "purchase.*"));
        world.mails.clear();
    }

    @AfterEach
    void hangUp() {
        world.webhooks.delete(scope, endpoint.id(), OptionalLong.empty());
        receiver.close();
    }

    private static EndpointDraft draft(String url, String... events) {
        return new EndpointDraft(url, null, Arrays.asList(events), "ops@agency.example", true);
    }

    private void happens(String type) {
        world.database.run(
                scope,
                () -> world.outbox.put(
                        scope,
                        new Announcement(
                                type,
                                Optional.of(CustomerId.next(world.clock)),
                                Map.of("credits", new BigDecimal("500.00")))));
    }

    private List<WebhookDelivery> deliveries() {
        return world.webhooks
                .deliveries(scope, Optional.of(endpoint.id()), Optional.empty(), Page.Request.first())
                .items();
    }

    private EndpointStatus status() {
        return world.webhooks.get(scope, endpoint.id()).status();
    }

    @Test
    void whatHappensArrivesOnceSignedAndWithItsId() {
        happens("purchase.approved");
        world.send();
        world.later(Duration.ofMinutes(10));

        assertThat(receiver.received).singleElement().satisfies(one -> {
            assertThat(one.signature())
                    .isEqualTo(Signatures.header(List.of(endpoint.secret()), one.id(), one.timestamp(), one.body()));
            assertThat(one.id()).startsWith("evt_");
            assertThat(one.body())
                    .contains("\"type\":\"purchase.approved\"")
                    .contains("\"credits\":\"500.00\"")
                    .contains("\"customer\":\"cus_");
        });
        assertThat(deliveries()).singleElement().satisfies(one -> {
            assertThat(one.status()).isEqualTo(DeliveryStatus.SENT);
            assertThat(one.answer()).isEqualTo(200);
        });
    }

    @Test
    void aTransactionThatRollsBackTellsNobodyAndOtherTypesAndTenantsNeither() {
        assertThatThrownBy(() -> world.database.run(scope, () -> {
                    world.outbox.put(scope, new Announcement("purchase.approved", Optional.empty(), Map.of()));
                    throw new IllegalStateException("the effect failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        happens("balance.changed");
        Scope other = world.tenant();
        world.database.run(
                other,
                () -> world.outbox.put(other, new Announcement("purchase.approved", Optional.empty(), Map.of())));
        world.later(Duration.ofMinutes(1));

        assertThat(receiver.received).isEmpty();
        assertThat(deliveries()).isEmpty();
        assertThat(world.outbox.wanted(scope, "purchase.refunded")).isTrue();
        assertThat(world.outbox.wanted(scope, "balance.changed")).isFalse();
    }

    @Test
    void aCustomersOwnCallerCausesEventsAndSeesNone() {
        Scope own = scope.only(CustomerId.next(world.clock));
        world.database.run(
                own, () -> world.outbox.put(own, new Announcement("purchase.created", Optional.empty(), Map.of())));
        world.send();

        assertThat(receiver.received).hasSize(1);
        assertThatThrownBy(() -> world.webhooks.list(own, Page.Request.first()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(Problems.FORBIDDEN));
    }

    @Test
    void whatFailsIsTriedAgainWithTheSameIdAndArrivesWhenTheReceiverIsBack() {
        receiver.answer = exchange -> 500;
        happens("purchase.approved");
        world.send();
        world.later(Duration.ofSeconds(10));
        assertThat(receiver.received).hasSize(2);
        assertThat(deliveries().get(0).failure()).contains("500");

        receiver.answer = exchange -> 204;
        world.later(Duration.ofMinutes(6));

        assertThat(receiver.received).hasSize(3);
        assertThat(receiver.received.stream().map(Receiver.Received::id).distinct())
                .hasSize(1);
        assertThat(deliveries().get(0).status()).isEqualTo(DeliveryStatus.SENT);
        assertThat(world.webhooks.get(scope, endpoint.id()).failures()).isZero();
    }

    @Test
    void anAddressThatFailsForDaysIsTurnedOffWithANoticeAndComesBackWithWhatIsReplayed() {
        receiver.answer = exchange -> 503;
        for (int day = 0; day < 6; day++) {
            happens("purchase.approved");
            for (int often = 0; often < 6; often++) {
                world.later(Duration.ofHours(4));
            }
        }
        assertThat(status()).isEqualTo(EndpointStatus.FAILED);
        assertThat(world.mails)
                .singleElement()
                .satisfies(mail -> assertThat(mail.to()).isEqualTo("ops@agency.example"));
        assertThat(deliveries()).allMatch(delivery -> delivery.status() == DeliveryStatus.FAILED);
        WebhookDeliveryId lost = deliveries().get(0).id();
        assertThatThrownBy(() -> world.webhooks.replay(scope, lost))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(WebhooksProblems.ENDPOINT_DISABLED));
        int before = receiver.received.size();
        happens("purchase.approved");
        world.later(Duration.ofHours(1));
        assertThat(receiver.received).hasSize(before);

        receiver.answer = exchange -> 200;
        world.webhooks.update(scope, endpoint.id(), draft(receiver.url(), "*"), OptionalLong.empty());
        world.webhooks.replay(scope, lost);
        world.send();

        assertThat(receiver.received).hasSize(before + 1);
        assertThat(world.webhooks.delivery(scope, lost).status()).isEqualTo(DeliveryStatus.SENT);
    }

    @Test
    void oneThatIsGoneIsTurnedOffAtOnce() {
        receiver.answer = exchange -> 410;
        happens("purchase.approved");
        world.send();
        assertThat(status()).isEqualTo(EndpointStatus.FAILED);
    }

    @Test
    void aPlatformThatDiesWhileItSendsSendsAgain() {
        happens("purchase.approved");
        world.database.transact(
                scope,
                () -> world.attempts
                        .mapper()
                        .lease(
                                scope.tenant(),
                                endpoint.id(),
                                world.clock.instant(),
                                world.clock.instant().plus(Duration.ofMinutes(2))));
        world.send();
        assertThat(receiver.received).isEmpty();
        world.later(Duration.ofMinutes(3));
        assertThat(receiver.received).hasSize(1);
    }

    @Test
    void afterARotationBothSecretsSignForADayAndThenTheNewOneAlone() {
        Webhooks.Created rotated = world.webhooks.rotate(scope, endpoint.id());
        happens("purchase.approved");
        world.send();
        world.clock.advance(Duration.ofHours(25));
        happens("purchase.refunded");
        world.send();

        Receiver.Received first = receiver.received.get(0);
        Receiver.Received second = receiver.received.get(1);
        assertThat(first.signature())
                .isEqualTo(Signatures.header(
                        List.of(rotated.secret(), endpoint.secret()), first.id(), first.timestamp(), first.body()));
        assertThat(second.signature())
                .isEqualTo(
                        Signatures.header(List.of(rotated.secret()), second.id(), second.timestamp(), second.body()));
    }

    @Test
    void oneThatHangsDoesNotHoldUpAnother() throws IOException {
        try (Receiver slow = new Receiver()) {
            slow.answer = exchange -> {
                try {
                    Thread.sleep(30_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return 200;
            };
            Webhooks.Created hanging = world.webhooks.create(scope, draft(slow.url(), "*"));
            for (int often = 0; often < 20; often++) {
                happens("purchase.approved");
            }
            world.send();
            assertThat(receiver.received).hasSize(20);
            assertThat(slow.received).hasSize(1);
            assertThat(world.webhooks.get(scope, hanging.id()).failures()).isEqualTo(1);
            world.webhooks.delete(scope, hanging.id(), OptionalLong.empty());
        }
    }

    @Test
    void badAddressesAndEventsAreRefusedWithTheirPlace() {
        for (String url : List.of(
                "ftp://agency.example/",
                "https://user:secret@agency.example/",
                "https://agency.example/#part",
                "not a url",
                "https:///path",
                "http://agency.example:99999/")) {
            assertThatThrownBy(() -> world.webhooks.create(scope, draft(url, "*")))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().errors().get(0).pointer())
                                    .isEqualTo("/url"));
        }
        for (String url : List.of("https://169.254.169.254/latest", "https://[fd00::1]/", "https://10.0.0.1/")) {
            assertThatThrownBy(() -> world.webhooks.create(scope, draft(url, "*")))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().errors().get(0).code())
                                    .isEqualTo(WebhooksProblems.PRIVATE_ADDRESS));
        }
        assertThatThrownBy(() -> world.webhooks.create(scope, draft("https://agency.example/", "purchase.exploded")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().errors().get(0).pointer()).isEqualTo("/events/0"));
    }

    @Test
    void aTestEventArrivesWhateverTheAddressWantsAndOldOnesGo() {
        WebhookDeliveryId sent = world.webhooks.test(scope, endpoint.id());
        world.send();
        assertThat(receiver.received)
                .singleElement()
                .satisfies(one -> assertThat(one.body()).contains("webhook.test"));
        assertThat(world.webhooks.payload(scope, sent))
                .isEqualTo(receiver.received.get(0).body());

        world.clock.advance(Duration.ofDays(31));
        world.retention.run();
        assertThat(deliveries()).isEmpty();
    }

    @Test
    void theSecretIsNeverStoredInTheClear() {
        assertThat(world.test.queryAsOwner("select string_agg(encode(secret, 'escape'), ' ') from webhooks.endpoint"))
                .doesNotContain(endpoint.secret())
                .doesNotContain(endpoint.secret().substring(6, 20));
    }
}

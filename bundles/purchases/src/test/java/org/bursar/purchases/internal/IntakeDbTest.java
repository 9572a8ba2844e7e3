package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TypeId;
import org.bursar.purchases.ReceivedWebhook;
import org.bursar.purchases.ReceivedWebhook.State;
import org.bursar.purchases.WebhookInbox.Receipt;
import org.bursar.purchases.internal.sql.NewInboxRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stored when, of webhooks that are read at once. */
class IntakeDbTest {
    private static World world;

    private Scope scope;

    @BeforeAll
    static void open() {
        world = new World();
        world.queue.close();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void reset() {
        scope = world.tenant();
        world.services.register(World.CARD, world.card);
        world.gateways.put(scope, World.CARD, Map.of(), OptionalLong.empty());
        world.card.hook = SignedWebhooks::read;
    }

    private List<ReceivedWebhook> received() {
        return world.inbox
                .list(scope, Optional.empty(), Optional.empty(), new Page.Request(200, null))
                .items();
    }

    @Test
    void whatAGatewayIsGivenIsInTheDatabaseBefore() {
        AtomicReference<List<ReceivedWebhook>> before = new AtomicReference<>(List.of());
        world.card.hook = (context, raw) -> {
            // on the gateway's thread, in a transaction of its own
            before.set(received());
            return SignedWebhooks.read(context, raw);
        };
        Receipt receipt = world.inbox.receive(
                world.addresses.token(scope.tenant(), World.CARD, 1),
                SignedWebhooks.body("evt_1", "", ""),
                SignedWebhooks.headers(SignedWebhooks.GOOD, world.clock.instant()),
                "");

        assertThat(receipt).isEqualTo(Receipt.READ);
        assertThat(before.get()).extracting(ReceivedWebhook::state).containsExactly(State.STORED);
        assertThat(received()).extracting(ReceivedWebhook::state).containsExactly(State.DONE);
    }

    @Test
    void whoeverDiesBetweenStoringAndReadingHasTheJobReadIt() {
        Optional<WebhookReading.Taken> taken = world.database.transact(scope, () -> {
            var id = TypeId.next(world.clock);
            SealedWebhook sealed = SealedWebhook.seal(
                    world.test.secrets(),
                    scope.tenant(),
                    id,
                    SignedWebhooks.body("evt_1", "", ""),
                    SignedWebhooks.headers(SignedWebhooks.GOOD, world.clock.instant()),
                    "");
            return world.reading.stored(
                    scope,
                    new NewInboxRow(
                            id,
                            World.CARD,
                            new byte[32],
                            sealed.body(),
                            sealed.head(),
                            world.clock.instant().truncatedTo(ChronoUnit.MICROS),
                            State.STORED,
                            null,
                            null,
                            null));
        });
        assertThat(taken).isPresent();

        world.inboxReading.run();
        assertThat(received())
                .as("as long as it may be being read, nobody else reads it")
                .extracting(ReceivedWebhook::state)
                .containsExactly(State.STORED);

        world.clock.advance(Duration.ofSeconds(31));
        world.inboxReading.run();
        assertThat(received()).extracting(ReceivedWebhook::state).containsExactly(State.DONE);
        assertThat(received()).extracting(ReceivedWebhook::attempts).containsExactly(2);
    }
}

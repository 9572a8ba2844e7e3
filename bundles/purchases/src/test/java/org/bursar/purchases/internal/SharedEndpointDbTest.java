package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SettingsSchema.Field;
import org.bursar.payments.spi.SettingsSchema.Kind;
import org.bursar.payments.spi.SharedEndpoint;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRequest;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.ReceivedWebhook;
import org.bursar.purchases.SettingValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One address of the platform's for the accounts of many tenants, and secrets that rotate. */
class SharedEndpointDbTest {
    private static final String CONNECT = "connect";
    private static World world;

    private Scope first;
    private Scope second;

    /** It signs with the platform's secret, and names the account in front of the event. */
    private static final class Connect extends ScriptedGateway implements SharedEndpoint {
        Connect() {
            super(
                    CONNECT,
                    SettingsSchema.builder(1)
                            .field(Field.of("account", Kind.TEXT, "Account"))
                            .field(Field.of("signing", Kind.SECRET, "Signing secret")
                                    .rotating())
                            .build());
        }

        private static String[] opened(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
            String sent = raw.headers().get("x-signature").get(0);
            boolean known = sent.equals(new String(context.secret("signing")))
                    || context.previousSecret("signing")
                            .filter(before -> sent.equals(new String(before)))
                            .isPresent();
            if (!known) {
                throw new WebhookRejected(WebhookRejected.Why.BAD_SIGNATURE, "not signed by the provider");
            }
            return new String(raw.body(), StandardCharsets.UTF_8).split(" ", 2);
        }

        @Override
        public Optional<String> accountOf(GatewayContext platform, WebhookRequest raw) throws WebhookRejected {
            String account = opened(platform, raw)[0];
            return account.equals("-") ? Optional.empty() : Optional.of(account);
        }

        @Override
        public WebhookOutcome handleWebhook(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
            String[] opened = opened(context, raw);
            if (!opened[0].equals(context.setting("account").orElse("-"))) {
                throw new WebhookRejected(WebhookRejected.Why.WRONG_ACCOUNT, "the event is of another account");
            }
            String event = opened[1];
            return WebhookOutcome.of(
                    event,
                    "payment.changed",
                    java.util.List.of(WebhookOutcome.Hint.of(
                            org.bursar.payments.spi.PaymentRef.of("session", event.substring(event.indexOf('/') + 1)),
                            Optional.empty())));
        }
    }

    @BeforeAll
    static void open() {
        world = new World();
        world.queue.close();
        Connect connect = new Connect();
        connect.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
        world.services.register(CONNECT, connect);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void tenants() {
        first = world.tenant();
        second = world.tenant();
        put(first, "acct_" + first.tenant(), "unused-one");
        put(second, "acct_" + second.tenant(), "unused-two");
        put(Scope.platform(new Actor(Actor.Kind.USER, "usr_1", "Root")), null, "whsec-of-the-platform");
    }

    private void put(Scope scope, String account, String secret) {
        Map<String, SettingValue> values = account == null
                ? Map.of("signing", new SettingValue.Text(secret))
                : Map.of("account", new SettingValue.Text(account), "signing", new SettingValue.Text(secret));
        world.gateways.assign(scope, CONNECT, values, OptionalLong.empty());
    }

    /** By the tenant's own people. */
    private void type(Scope scope, String account) {
        world.gateways.put(scope, CONNECT, Map.of("account", new SettingValue.Text(account)), OptionalLong.empty());
    }

    private void send(String account, String event, String secret) {
        world.inbox.receive(
                world.addresses.token(Scope.PLATFORM, CONNECT, 1),
                (account + " " + event).getBytes(StandardCharsets.UTF_8),
                SignedWebhooks.headers(secret, world.clock.instant()),
                "");
    }

    private java.util.List<ReceivedWebhook> received(Scope scope) {
        return world.inbox
                .list(scope, Optional.of(CONNECT), Optional.empty(), Page.Request.first())
                .items();
    }

    @Test
    void aWebhookGoesToTheTenantThatHasTheAccountAndToNobodyElse() {
        Purchase mine = world.buy(first, world.customer(first), CONNECT);
        Purchase theirs = world.buy(second, world.customer(second), CONNECT);
        send("acct_" + first.tenant(), "evt/cs_" + mine.id(), "whsec-of-the-platform");
        // about the first's account, but it names the second's payment
        send("acct_" + first.tenant(), "evt2/cs_" + theirs.id(), "whsec-of-the-platform");
        PurchasesDbTest.refused(
                "webhook_rejected", () -> send("acct_" + second.tenant(), "evt/cs_" + theirs.id(), "unused-two"));
        send("acct_nobody", "evt3/cs_" + theirs.id(), "whsec-of-the-platform");
        send("-", "evt4/cs_" + theirs.id(), "whsec-of-the-platform");
        world.inboxReading.run();
        world.reconciliation.run();

        assertThat(world.purchases.get(first, mine.id()).state()).isEqualTo(PurchaseState.APPROVED);
        assertThat(world.purchases.get(second, theirs.id()).state()).isEqualTo(PurchaseState.AWAITING_PAYMENT);
        assertThat(received(first)).hasSize(2);
        assertThat(received(second)).isEmpty();
    }

    @Test
    void anAccountIsOneTenantsUntilItNamesAnother() {
        String account = "acct_" + first.tenant();
        PurchasesDbTest.refused("invalid", () -> put(second, account, "x-secret"));
        assertThat(world.gateways.settings(second, CONNECT).values())
                .containsEntry("account", "acct_" + second.tenant());
        put(first, "acct_other_" + first.tenant(), "x-secret");
        put(second, account, "x-secret");
        Purchase theirs = world.buy(second, world.customer(second), CONNECT);
        send(account, "evt/cs_" + theirs.id(), "whsec-of-the-platform");
        world.reconciliation.run();
        assertThat(world.purchases.get(second, theirs.id()).state()).isEqualTo(PurchaseState.APPROVED);
    }

    @Test
    void whatThePlatformDidNotAssignNobodyTypes() {
        Scope third = world.tenant();
        for (String account : java.util.List.of("acct_free", "acct_" + first.tenant())) {
            PurchasesDbTest.refused("invalid", () -> type(third, account));
        }
        assertThat(world.gateways.settings(third, CONNECT).values().values()).containsOnlyNulls();
        world.gateways.put(
                third, CONNECT, Map.of("signing", new SettingValue.Text("own-secret")), OptionalLong.empty());
    }

    @Test
    void settingsWithAnAssignedAccountAreThePlatforms() {
        String account = "acct_" + first.tenant();
        PurchasesDbTest.refused("forbidden", () -> type(first, "acct_" + second.tenant()));
        PurchasesDbTest.refused("forbidden", () -> type(first, account));
        // without the account its key would be used for another
        PurchasesDbTest.refused("forbidden", () -> world.gateways.put(first, CONNECT, Map.of(), OptionalLong.empty()));
        assertThat(world.gateways.settings(first, CONNECT).values()).containsEntry("account", account);
        put(first, null, "own-secret");
        world.gateways.put(first, CONNECT, Map.of(), OptionalLong.empty());
        PurchasesDbTest.refused("invalid", () -> type(first, account));
    }

    @Test
    void aSecretThatWasReplacedIsGoodForADayByTheTimeAtWhichTheWebhookCame() {
        Scope platform = Scope.platform(new Actor(Actor.Kind.USER, "usr_1", "Root"));
        put(platform, null, "whsec-new");
        send("-", "evt_" + first.tenant() + "/cs_x", "whsec-of-the-platform");
        world.clock.advance(Duration.ofHours(23));
        // it is stored within the day and read long after it
        world.services.unregister(CONNECT);
        send("-", "evt_b_" + first.tenant() + "/cs_x", "whsec-of-the-platform");
        world.clock.advance(Duration.ofDays(2));
        gatewayIsBack();
        world.inboxReading.run();
        assertThat(received(platform).get(0).state()).isEqualTo(ReceivedWebhook.State.DONE);
        PurchasesDbTest.refused(
                "webhook_rejected", () -> send("-", "evt_c_" + first.tenant() + "/cs_x", "whsec-of-the-platform"));
        send("-", "evt_d_" + first.tenant() + "/cs_x", "whsec-new");
        world.clock.advance(Duration.ofDays(40));
        world.inboxCleaning.run();
        put(platform, null, "whsec-of-the-platform");
    }

    private static void gatewayIsBack() {
        Connect connect = new Connect();
        connect.show = (context, ref) -> ScriptedGateway.snapshot(ref, Phase.CAPTURED, 45_000);
        world.services.register(CONNECT, connect);
    }
}

package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SettingsSchema.Field;
import org.bursar.payments.spi.WebhookRegistration;
import org.bursar.purchases.SettingValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that tells its provider where webhooks go. */
class RegistrationDbTest {
    private static final String TELLING = "registering";

    private static World world;
    private Registering gateway;
    private Scope scope;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void set() {
        gateway = new Registering();
        world.services.register(TELLING, gateway);
        scope = world.tenant();
        world.gateways.put(
                scope,
                TELLING,
                Map.of("region", new SettingValue.Text("eu"), "key", new SettingValue.Text("sk_0123456789abcdef")),
                OptionalLong.empty());
    }

    /** What a test has the provider do. */
    private interface Answer {
        Map<String, String> to(GatewayContext context, URI endpoint) throws GatewayException;
    }

    private static final class Registering extends ScriptedGateway implements WebhookRegistration {
        private final List<URI> told = new ArrayList<>();
        private Answer answer = (context, endpoint) -> Map.of("signing", "whsec_0123456789abcdef");

        Registering() {
            super(
                    TELLING,
                    SettingsSchema.builder(1)
                            .field(Field.of("region", SettingsSchema.Kind.TEXT, "Region")
                                    .asRequired())
                            .field(Field.of("key", SettingsSchema.Kind.SECRET, "Key")
                                    .asRequired())
                            .field(Field.of("signing", SettingsSchema.Kind.SECRET, "Signing secret")
                                    .rotating())
                            .build());
        }

        @Override
        public Map<String, String> ensureWebhook(GatewayContext context, URI endpoint) throws GatewayException {
            told.add(endpoint);
            return answer.to(context, endpoint);
        }
    }

    private void refused(String code) {
        PurchasesDbTest.refused(code, () -> world.instances.register(scope, TELLING));
    }

    private String signing() {
        return String.valueOf(world.gateways.settings(scope, TELLING).secrets().get("signing"));
    }

    @Test
    void theProviderIsToldTheAddressAndItsSecretIsKeptBesideTheOtherSettings() {
        world.audited.clear();
        world.instances.planRegistration(scope, TELLING);
        URI url = world.instances.register(scope, TELLING).url();

        assertThat(gateway.told).containsExactly(url);
        assertThat(world.instances.webhook(scope, TELLING).orElseThrow().url()).isEqualTo(url);
        assertThat(signing()).contains("true").contains("cdef").doesNotContain("whsec_");
        assertThat(world.gateways.settings(scope, TELLING).values()).containsEntry("region", "eu");
        assertThat(String.valueOf(
                        world.gateways.settings(scope, TELLING).secrets().get("key")))
                .contains("true");
        assertThat(world.audited).containsExactly("gateway.webhook_register " + TELLING, "gateway.settings " + TELLING);

        gateway.answer = (context, endpoint) -> Map.of();
        long revision = world.gateways.settings(scope, TELLING).revision();
        world.instances.register(scope, TELLING);
        assertThat(world.gateways.settings(scope, TELLING).revision()).isEqualTo(revision);
    }

    @Test
    void whatTheProviderOrTheGatewayCannotDoIsToldAndChangesNothing() {
        long revision = world.gateways.settings(scope, TELLING).revision();
        gateway.answer = (context, endpoint) -> {
            throw new GatewayException(Kind.INVALID_REQUEST, "the address is not public");
        };
        refused("webhook_not_registered");
        for (Map<String, String> nonsense : List.of(Map.of("sign", "x"), Map.of("region", ""))) {
            gateway.answer = (context, endpoint) -> nonsense;
            refused("webhook_not_registered");
        }
        gateway.answer = (context, endpoint) -> null;
        refused("webhook_not_registered");
        world.services.register(TELLING, new ScriptedGateway(TELLING));
        refused("webhook_not_registered");
        world.services.unregister(TELLING);
        refused("gateway_unavailable");
        PurchasesDbTest.refused("no_webhooks", () -> world.instances.planRegistration(scope, World.DEPOSIT));
        PurchasesDbTest.refused(
                "forbidden", () -> world.instances.planRegistration(scope.only(world.customer(scope)), TELLING));
        world.services.register(TELLING, gateway);
        assertThat(world.gateways.settings(scope, TELLING).revision()).isEqualTo(revision);
    }

    @Test
    void settingsThatSomebodyChangesMeanwhileAreNotOverwritten() {
        gateway.answer = (context, endpoint) -> {
            world.gateways.put(scope, TELLING, Map.of("region", new SettingValue.Text("us")), OptionalLong.empty());
            return Map.of("signing", "whsec_0123456789abcdef");
        };
        refused("stale");
        assertThat(world.gateways.settings(scope, TELLING).values()).containsEntry("region", "us");
    }
}

package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantClocks;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SettingsSchema.Field;
import org.bursar.payments.spi.SettingsSchema.Kind;
import org.bursar.purchases.GatewayInfo;
import org.bursar.purchases.GatewaySettingsView;
import org.bursar.purchases.GatewaySettingsView.SecretView;
import org.bursar.purchases.PurchasesProblems;
import org.bursar.purchases.SettingValue;
import org.bursar.purchases.SettingValue.Text;
import org.bursar.purchases.internal.sql.GatewayMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewaySettingsDbTest {
    private static final String SECRET = "sk_live_abcdefgh1234";
    private static World world;

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
    void tenant() {
        world.services.register(World.DEPOSIT, world.deposit);
        scope = world.tenant();
    }

    private GatewaySettingsView put(Map<String, SettingValue> values) {
        return world.gateways.put(scope, World.DEPOSIT, values, OptionalLong.empty());
    }

    private static List<String> pointers(Runnable call) {
        List<String> pointers = new ArrayList<>();
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> refusal.problem()
                                .errors()
                                .forEach((FieldError error) -> pointers.add(error.pointer() + " " + error.code())));
        return pointers;
    }

    @Test
    void aSandboxTakesNoRealMoney() {
        TenantClocks sandboxes = new TenantClocks() {
            @Override
            public Clock of(TenantId tenant) {
                return world.clock;
            }

            @Override
            public boolean sandbox(TenantId tenant) {
                return tenant.equals(scope.tenant());
            }

            @Override
            public Clock wall() {
                return world.clock;
            }
        };
        TenantGateways gateways = world.gateways(sandboxes);
        assertThatThrownBy(() -> gateways.change(
                        scope, World.DEPOSIT, Optional.of(true), Optional.of(true), OptionalLong.empty()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().code())
                                .isEqualTo(PurchasesProblems.SANDBOX_TAKES_NO_MONEY));
        gateways.change(scope, World.DEPOSIT, Optional.of(true), Optional.of(false), OptionalLong.empty());
        Scope ordinary = world.tenant();
        gateways.change(ordinary, World.DEPOSIT, Optional.of(true), Optional.of(true), OptionalLong.empty());
    }

    @Test
    void unknownFieldsMissingOnesAndWrongTypesAreNamed() {
        assertThat(pointers(() -> put(Map.of("acount", new Text("1"), "a/b", new Text("1"), "days", new Text("x")))))
                .containsExactlyInAnyOrder(
                        "/account required", "/acount unknown_field", "/a~1b unknown_field", "/days wrong_type");
        assertThat(pointers(() -> put(Map.of("account", new Text("x".repeat(201))))))
                .containsExactly("/account too_long");
        assertThat(world.gateways.settings(scope, World.DEPOSIT).values()).containsEntry("account", "0417");
    }

    @Test
    void secretsAreSealedKeptUnlessSentAndNeverShown() {
        GatewaySettingsView first = put(Map.of("account", new Text("1"), "apiKey", new Text(SECRET)));
        assertThat(first.secrets()).containsEntry("apiKey", new SecretView(true, "1234"));
        assertThat(first.values()).doesNotContainKey("apiKey").containsEntry("days", null);

        GatewaySettingsView kept = put(Map.of("account", new Text("2"), "days", new Text("7")));
        assertThat(kept.secrets()).containsEntry("apiKey", new SecretView(true, "1234"));
        assertThat(kept.values()).containsEntry("account", "2").containsEntry("days", 7L);
        assertThat(kept.revision()).isEqualTo(first.revision() + 1);

        put(Map.of("account", new Text("2"), "apiKey", new Text("short")));
        assertThat(world.gateways.settings(scope, World.DEPOSIT).secrets())
                .containsEntry("apiKey", new SecretView(true, null));

        assertThat(stored()).doesNotContain(SECRET).doesNotContain("short");
        assertThat(seen()).containsExactly("short", SECRET);

        put(Map.of("account", new Text("2"), "apiKey", new SettingValue.Remove()));
        assertThat(world.gateways.settings(scope, World.DEPOSIT).secrets())
                .containsEntry("apiKey", new SecretView(false, null));
    }

    /** The secret now and before, as the gateway reads them in a call. */
    private List<String> seen() {
        List<String> seen = new ArrayList<>();
        ScriptedGateway.Start usual = world.deposit.start;
        world.deposit.start = (context, request) -> {
            seen.add(new String(context.secret("apiKey")));
            context.previousSecret("apiKey").ifPresent(previous -> seen.add(new String(previous)));
            return usual.start(context, request);
        };
        CustomerId customer = world.customer(scope);
        world.buy(scope, customer, World.DEPOSIT);
        world.deposit.start = usual;
        return seen;
    }

    private String stored() {
        StoredTexts texts = world.database.mapper("purchases", StoredTexts.class);
        return world.database.transact(scope, texts::all).toString();
    }

    /** Everything that the tenant's settings are stored as. */
    interface StoredTexts {
        @org.apache.ibatis.annotations.Select("""
                select encode(sealed, 'escape') from purchases.gateway_secret
                union all select settings::text from purchases.gateway_settings
                """)
        List<String> all();
    }

    @Test
    void withoutRequiredSettingsOrWhenTurnedOffNothingIsSold() {
        CustomerId customer = world.customer(scope);
        Scope fresh = Scope.of(org.bursar.kernel.TenantId.next(world.clock), scope.actor());
        assertThat(world.gateways.get(fresh, World.DEPOSIT).configured()).isFalse();
        assertThat(world.gateways.get(fresh, World.DEPOSIT).state()).isEqualTo(GatewayInfo.State.ACTIVE);

        assertThat(world.gateways.get(scope, World.DEPOSIT).usable()).isTrue();
        world.gateways.change(scope, World.DEPOSIT, Optional.of(false), Optional.empty(), OptionalLong.empty());
        PurchasesDbTest.refused("gateway_unavailable", () -> world.buy(scope, customer, World.DEPOSIT));
        PurchasesDbTest.refused("gateway_unavailable", () -> world.buy(scope, customer, "no-such"));
        PurchasesDbTest.refused("gateway_unavailable", () -> world.buy(scope, customer, "*)(x=*"));
        PurchasesDbTest.refused("not_found", () -> world.gateways.get(scope, "no-such"));
    }

    @Test
    void aTenantThatSetNothingIsToldToSetTheGatewayUp() {
        ScriptedGateway strict = new ScriptedGateway(
                "strict",
                SettingsSchema.builder(1)
                        .field(Field.of("token", Kind.SECRET, "Token").asRequired())
                        .build());
        world.services.register("strict", strict);
        CustomerId customer = world.customer(scope);

        PurchasesDbTest.refused("gateway_not_configured", () -> world.buy(scope, customer, "strict"));
        world.gateways.put(scope, "strict", Map.of("token", new Text(SECRET)), OptionalLong.of(0));
        assertThat(world.buy(scope, customer, "strict").state().name()).isEqualTo("AWAITING_PAYMENT");
        PurchasesDbTest.refused(
                "stale",
                () -> world.gateways.put(scope, "strict", Map.of("token", new Text(SECRET)), OptionalLong.of(0)));
        world.services.unregister("strict");
    }

    @Test
    void anUpgradeThatAsksForOtherSettingsStopsNewCheckoutsOnly() {
        world.services.register(
                World.DEPOSIT,
                new ScriptedGateway(
                        World.DEPOSIT,
                        SettingsSchema.builder(2)
                                .field(Field.of("account", Kind.TEXT, "Account").asRequired())
                                .build()));
        GatewayInfo info = world.gateways.get(scope, World.DEPOSIT);

        assertThat(info.state()).isEqualTo(GatewayInfo.State.NEEDS_CONFIG);
        assertThat(info.configured()).isFalse();
        PurchasesDbTest.refused("gateway_not_configured", () -> world.buy(scope, world.customer(scope), World.DEPOSIT));
    }

    @Test
    void aGatewayThatLiesAboutItselfOrThrowsIsListedAsFailedBesideTheOthers() {
        world.services.register("liar", new ScriptedGateway("somebody-else"));
        world.services.register("broken", new ScriptedGateway("broken") {
            @Override
            public GatewayDescriptor descriptor() {
                throw new NoClassDefFoundError("com/example/Gone");
            }
        });
        world.services.unregister(World.DEPOSIT);

        assertThat(world.gateways.list(scope))
                .extracting(info -> info.id() + " " + info.state())
                .containsExactly("broken FAILED", "card ACTIVE", "deposit ABSENT", "liar FAILED", "provider ACTIVE");
        assertThat(world.gateways.bundles()).hasSize(4);
        PurchasesDbTest.refused("gateway_unavailable", () -> world.buy(scope, world.customer(scope), "liar"));
        world.services.unregister("liar");
        world.services.unregister("broken");
    }

    @Test
    void oneTenantsSecretDoesNotOpenForAnother() {
        put(Map.of("account", new Text("1"), "apiKey", new Text(SECRET)));
        Scope other = world.tenant();
        TenantSettings settings = world.database.transact(scope, () -> world.store.load(scope.tenant(), World.DEPOSIT));

        assertThat(settings.secret(world.test.secrets(), scope.tenant(), "apiKey"))
                .hasValueSatisfying(plain -> assertThat(new String(plain)).isEqualTo(SECRET));
        assertThatThrownBy(() -> settings.secret(world.test.secrets(), other.tenant(), "apiKey"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(world.database
                        .transact(other, () -> world.store.load(scope.tenant(), World.DEPOSIT))
                        .sealed())
                .isEmpty();
    }

    @Test
    void aTenantHasOneKeyAndWithoutItNothingOpens() {
        put(Map.of("account", new Text("1"), "apiKey", new Text(SECRET)));
        GatewayMapper mapper = world.store.mapper();
        byte[] key = world.database
                .transact(scope, () -> mapper.key(scope.tenant()))
                .orElseThrow()
                .wrapped();
        put(Map.of("account", new Text("1"), "apiKey", new Text("another secret")));
        int made = world.database.transact(
                scope,
                () -> mapper.keepKey(
                        scope.tenant(),
                        new SecretEnvelope(world.test.secrets()).newKey(scope.tenant()),
                        world.clock.instant()));

        assertThat(made).isZero();
        assertThat(world.database.transact(scope, () -> mapper.key(scope.tenant())))
                .hasValueSatisfying(row -> assertThat(row.wrapped()).isEqualTo(key));
        assertThat(seen()).containsExactly("another secret", SECRET);

        world.database.transact(
                scope, () -> world.database.mapper("purchases", Destroyed.class).key(scope.tenant()));
        TenantSettings without = world.database.transact(scope, () -> world.store.load(scope.tenant(), World.DEPOSIT));
        assertThatThrownBy(() -> without.secret(world.test.secrets(), scope.tenant(), "apiKey"))
                .isInstanceOf(IllegalStateException.class);
    }

    /** What a test does to a tenant's key. */
    interface Destroyed {
        @org.apache.ibatis.annotations.Delete("delete from purchases.tenant_key where tenant_id = #{tenant}")
        int key(TenantId tenant);
    }

    @Test
    void whatWasSealedBeforeTenantsHadKeysIsReadStill() {
        put(Map.of("account", new Text("1"), "apiKey", new Text(SECRET)));
        byte[] old = world.test
                .secrets()
                .seal(scope.tenant(), "gateway " + World.DEPOSIT + " apiKey", "old".getBytes(StandardCharsets.UTF_8));
        world.database.transact(
                scope,
                () -> world.store
                        .mapper()
                        .putSecret(
                                scope.tenant(),
                                World.DEPOSIT,
                                "apiKey",
                                old,
                                true,
                                world.clock.instant().plusSeconds(60),
                                world.clock.instant()));

        assertThat(seen()).containsExactly("old", SECRET);
        world.database.transact(
                scope, () -> world.database.mapper("purchases", Destroyed.class).key(scope.tenant()));
        assertThat(world.gateways.settings(scope, World.DEPOSIT).secrets()).containsKey("apiKey");
        TenantSettings settings = world.database.transact(scope, () -> world.store.load(scope.tenant(), World.DEPOSIT));
        assertThat(settings.secret(world.test.secrets(), scope.tenant(), "apiKey"))
                .hasValueSatisfying(plain -> assertThat(new String(plain)).isEqualTo("old"));
    }
}

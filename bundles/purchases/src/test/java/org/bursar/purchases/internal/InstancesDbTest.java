package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.bursar.kernel.Scope;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.Health;
import org.bursar.purchases.GatewayHealth;
import org.bursar.purchases.GatewayHealth.Code;
import org.bursar.purchases.HealthDay;
import org.bursar.purchases.internal.sql.InstanceMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How providers are, and where they are. */
class InstancesDbTest {
    private static final String PROBED = "probed";
    private static World world;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    /** One that is as a test says. */
    private static final class Probed extends ScriptedGateway {
        private final AtomicInteger asked = new AtomicInteger();
        private volatile Health health = Health.up();

        Probed() {
            super(PROBED);
        }

        @Override
        public Health health(GatewayContext context) {
            asked.incrementAndGet();
            if (health == null) {
                throw new IllegalStateException("the provider is not there");
            }
            return health;
        }
    }

    private GatewayHealth later(Scope scope, Duration duration) {
        world.clock.advance(duration);
        return world.instances.health(scope, PROBED);
    }

    @Test
    void healthIsAskedForOnceInHalfAMinuteAndSinceTellsHowLongItIsSo() {
        Probed probed = new Probed();
        world.services.register(PROBED, probed);
        Scope scope = world.tenant();
        world.gateways.put(scope, PROBED, Map.of(), OptionalLong.empty());
        Instant start = world.clock.instant();

        assertThat(world.instances.health(scope, PROBED)).isEqualTo(new GatewayHealth(Code.UP, "", start, start));
        assertThat(later(scope, Duration.ofSeconds(29)).checkedAt()).isEqualTo(start);
        assertThat(probed.asked).hasValue(1);
        assertThat(later(scope, Duration.ofSeconds(1)).since()).isEqualTo(start);
        assertThat(probed.asked).hasValue(2);

        probed.health = Health.of(Health.Code.MISCONFIGURED, "the key is of another account");
        GatewayHealth wrong = later(scope, Duration.ofMinutes(1));
        assertThat(wrong.code()).isEqualTo(Code.MISCONFIGURED);
        assertThat(wrong.message()).isEqualTo("the key is of another account");
        assertThat(wrong.since()).isEqualTo(world.clock.instant());

        probed.health = null;
        assertThat(later(scope, Duration.ofMinutes(1)).code()).isEqualTo(Code.UNKNOWN);
        world.services.unregister(PROBED);
        assertThat(later(scope, Duration.ofMinutes(1)).code()).isEqualTo(Code.ABSENT);

        assertThat(world.instances.waiting(scope, PROBED).count()).isZero();
        world.inbox.receive(
                world.addresses.token(scope.tenant(), PROBED, 1), new byte[] {1}, Map.of("x", List.of("y")), "a=b");
        assertThat(world.instances.waiting(scope, PROBED).count()).isEqualTo(1);
        assertThat(world.instances.waiting(scope, PROBED).oldest()).isEqualTo(world.clock.instant());

        PurchasesDbTest.refused("forbidden", () -> world.instances.health(scope.only(world.customer(scope)), PROBED));
        PurchasesDbTest.refused("not_found", () -> world.instances.health(world.tenant(), PROBED));
    }

    @Test
    void eachDayCountsHowOftenAllWasWellForFourWeeks() {
        Probed probed = new Probed();
        world.services.register(PROBED, probed);
        Scope scope = world.tenant();
        world.gateways.put(scope, PROBED, Map.of(), OptionalLong.empty());
        LocalDate today = LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC);

        assertThat(world.instances.days(scope, PROBED)).isEmpty();
        world.instances.health(scope, PROBED);
        // an answer that is told again is no other
        world.instances.health(scope, PROBED);
        probed.health = Health.of(Health.Code.DEGRADED, "slow");
        later(scope, Duration.ofMinutes(1));
        probed.health = Health.up();
        later(scope, Duration.ofDays(1));

        assertThat(world.instances.days(scope, PROBED))
                .containsExactly(new HealthDay(today, 2, 1), new HealthDay(today.plusDays(1), 1, 1));
        world.clock.advance(Duration.ofDays(27));
        assertThat(world.instances.days(scope, PROBED)).containsExactly(new HealthDay(today.plusDays(1), 1, 1));
        PurchasesDbTest.refused("forbidden", () -> world.instances.days(scope.only(world.customer(scope)), PROBED));
        Scope stranger = world.tenant();
        world.gateways.put(stranger, PROBED, Map.of(), OptionalLong.empty());
        assertThat(world.instances.days(stranger, PROBED)).isEmpty();
        world.services.unregister(PROBED);
    }

    @Test
    void theJobAsksWhereSomethingWasSoldAndForgetsWhatIsOld() {
        Probed probed = new Probed();
        world.services.register(PROBED, probed);
        Scope scope = world.tenant();
        world.gateways.put(scope, PROBED, Map.of(), OptionalLong.empty());
        GatewayChecks job = new GatewayChecks(world.database, world.tenants(), world.instances, world.clock);

        job.run();
        assertThat(probed.asked).hasValue(0);
        world.buy(scope, world.customer(scope), PROBED);
        job.run();
        assertThat(probed.asked).hasValue(1);
        assertThat(world.instances.days(scope, PROBED)).hasSize(1);

        world.clock.advance(Duration.ofDays(29));
        job.run();
        assertThat(world.database.transact(
                        scope,
                        () -> world.database
                                .mapper("purchases", InstanceMapper.class)
                                .healthDays(scope.tenant(), PROBED, LocalDate.EPOCH)))
                .hasSize(1);
        world.services.unregister(PROBED);
    }

    @Test
    void onlyTheOperatorSaysWhereAProviderIs() {
        Map<String, URI> apis = PurchasesSettings.apis(new String[] {World.CARD + " = http://127.0.0.1:12111/api"});
        PurchasesSettings settings = new PurchasesSettings(
                URI.create("http://127.0.0.1:8080"), Duration.ofDays(14), Duration.ofSeconds(1), apis);
        SettingsStore store = new SettingsStore(world.database, settings);
        Scope scope = world.tenant();
        List<TenantSettings> loaded = new ArrayList<>();
        world.database.run(scope, () -> {
            loaded.add(store.load(scope.tenant(), World.CARD));
            loaded.add(store.load(scope.tenant(), World.DEPOSIT));
        });
        assertThat(loaded.get(0).apiBase()).contains(URI.create("http://127.0.0.1:12111/api"));
        assertThat(loaded.get(1).apiBase()).isEmpty();

        for (String wrong : List.of("card", "card=", "card=ftp://x.example", "card=127.0.0.1:80", "=")) {
            assertThatThrownBy(() -> PurchasesSettings.apis(new String[] {wrong}))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

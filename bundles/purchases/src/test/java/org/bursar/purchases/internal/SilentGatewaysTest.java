package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.purchases.internal.SilentGateways.Told;
import org.junit.jupiter.api.Test;

/** Whose purchases wait when a gateway does not tell. */
class SilentGatewaysTest {
    private final SilentGateways silent = new SilentGateways();
    private final List<TenantId> tenants =
            Stream.generate(() -> TenantId.next(Clock.systemUTC())).limit(5).toList();

    private void told(int tenant, Told told, int times) {
        for (int i = 0; i < times; i++) {
            silent.told(tenants.get(tenant), "card", told);
        }
    }

    private boolean alone(int tenant) {
        return silent.leavesAlone(tenants.get(tenant), "card");
    }

    @Test
    void whoIsRefusedThreeTimesInARowIsLeftAloneAndNobodyElse() {
        for (int tenant = 0; tenant < 4; tenant++) {
            told(tenant, Told.REFUSED, 3);
        }

        assertThat(alone(0)).isTrue();
        assertThat(silent.of(tenants.get(0))).containsExactly("card");
        assertThat(alone(4)).isFalse();
        assertThat(silent.of(tenants.get(4))).isEmpty();
        assertThat(silent.leavesAlone(tenants.get(0), "other")).isFalse();
    }

    @Test
    void aTenantThatIsToldNothingDoesNotSilenceTheGatewayForOthers() {
        told(0, Told.NOTHING, 50);

        assertThat(alone(0)).isTrue();
        assertThat(alone(1)).isFalse();
    }

    @Test
    void aGatewayThatTellsThreeTenantsNothingIsLeftAlone() {
        told(0, Told.NOTHING, 1);
        told(1, Told.NOTHING, 1);
        assertThat(alone(4)).isFalse();
        told(2, Told.NOTHING, 1);

        assertThat(alone(4)).isTrue();
        assertThat(silent.of(tenants.get(4))).containsExactly("card");
    }

    @Test
    void anyAnswerShowsThatTheGatewayIsThere() {
        told(0, Told.NOTHING, 1);
        told(1, Told.NOTHING, 1);
        told(2, Told.REFUSED, 1);
        told(3, Told.NOTHING, 1);
        assertThat(alone(4)).isFalse();

        told(0, Told.NOTHING, 1);
        told(0, Told.SOMETHING, 1);
        told(0, Told.NOTHING, 2);
        assertThat(alone(0)).isFalse();
    }

    @Test
    void whatWasNotExecutedIsNoAnswerAndARefusalIsOne() {
        for (Kind kind : Kind.values()) {
            Told expected = kind == Kind.NOT_EXECUTED ? Told.NOTHING : Told.REFUSED;
            assertThat(Told.of(new GatewayOutcome.Refused<>(kind, "no", Optional.empty())))
                    .isEqualTo(expected);
        }
        assertThat(Told.of(new GatewayOutcome.Unknown<>("?"))).isEqualTo(Told.NOTHING);
        assertThat(Told.of(new GatewayOutcome.Absent<>())).isEqualTo(Told.NOTHING);
        assertThat(Told.of(new GatewayOutcome.Answered<>("x"))).isEqualTo(Told.SOMETHING);
    }
}

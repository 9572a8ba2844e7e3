package org.bursar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TypeIdTest {
    /** The examples of the TypeID specification, valid.yml. */
    @Test
    void writesTheExamplesOfTheSpecification() {
        assertThat(TypeId.format("nil", new UUID(0, 0))).isEqualTo("nil_00000000000000000000000000");
        assertThat(TypeId.format("ten", new UUID(0, 10))).isEqualTo("ten_0000000000000000000000000a");
        assertThat(TypeId.format("thirtytwo", new UUID(0, 32))).isEqualTo("thirtytwo_00000000000000000000000010");
        assertThat(TypeId.format("max", UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff")))
                .isEqualTo("max_7zzzzzzzzzzzzzzzzzzzzzzzzz");
        assertThat(TypeId.format("prefix", UUID.fromString("0110c853-1d09-52d8-d73e-1194e95b5f19")))
                .isEqualTo("prefix_0123456789abcdefghjkmnpqrs");
    }

    @Property
    void readsWhatItWrites(@ForAll long high, @ForAll long low) {
        CustomerId id = new CustomerId(new UUID(high, low));
        assertThat(CustomerId.fromString(id.toString())).isEqualTo(id);
    }

    @Property
    void refusesWhateverIsNotAnId(@ForAll String text) {
        assertThatThrownBy(() -> CustomerId.fromString(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnotherPrefixUpperCaseAndOverflow() {
        String good = CustomerId.next(Clock.systemUTC()).toString();
        assertThatThrownBy(() -> HoldId.fromString(good)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> CustomerId.fromString("cus_" + good.substring(4).toUpperCase(java.util.Locale.ROOT)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CustomerId.fromString("cus_80000000000000000000000000"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void newIdsAreVersionSevenAndSortByTime() {
        Instant time = Instant.parse("2026-11-21T10:00:00.123Z");
        UUID first = TypeId.next(Clock.fixed(time, ZoneOffset.UTC));
        UUID later = TypeId.next(Clock.fixed(time.plusMillis(1), ZoneOffset.UTC));
        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(first.getMostSignificantBits() >>> 16).isEqualTo(time.toEpochMilli());
        assertThat(TypeId.base32(first)).isLessThan(TypeId.base32(later));
    }

    @Test
    void anActorWhoseNameOnlyBeginsLikeAUsersIsNone() {
        UserId user = new UserId(UUID.randomUUID());
        assertThat(UserId.ofActor(user.toString())).contains(user);
        for (String other :
                List.of("usr_", "usr_karaf", "karaf", "key_" + user.toString().substring(4), "")) {
            assertThat(UserId.ofActor(other)).as(other).isEmpty();
        }
    }
}

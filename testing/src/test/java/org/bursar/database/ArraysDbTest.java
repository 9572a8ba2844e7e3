package org.bursar.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.bursar.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Arrays arrive as what they are, whatever format they travel in. */
class ArraysDbTest {
    private static TestDatabase postgres;
    private static Database database;
    private static ArrayMapper arrays;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        database = postgres.database();
        arrays = database.mapper("probe", ArrayMapper.class);
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @Test
    void ids() {
        UUID[] ids = {UUID.randomUUID(), null, new UUID(0, 0), new UUID(-1, -1)};
        assertThat(database.withoutTenant(() -> arrays.ids(ids)))
                .containsExactly(ids[0].toString(), "none", ids[2].toString(), ids[3].toString());
        assertThat(database.withoutTenant(() -> arrays.ids(new UUID[0]))).isEmpty();
    }

    @Test
    void decimalsOfEveryLengthAndScale() {
        Random random = new Random(20261122);
        List<@Nullable BigDecimal> all = new ArrayList<>(Arrays.asList(
                null, BigDecimal.ZERO, new BigDecimal("0.000000"), new BigDecimal("-0.5"), new BigDecimal("10000")));
        for (int i = 0; i < 500; i++) {
            all.add(new BigDecimal(new BigInteger(random.nextInt(90), random), random.nextInt(13))
                    .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1)));
        }
        List<String> read = database.withoutTenant(() -> arrays.decimals(all.toArray(BigDecimal[]::new)));
        assertThat(read)
                .containsExactlyElementsOf(all.stream()
                        .map(decimal -> decimal == null ? "none" : decimal.toPlainString())
                        .toList());
        assertThat(database.withoutTenant(() -> arrays.decimals(new BigDecimal[0])))
                .isEmpty();
    }

    @Test
    void instantsToTheMicrosecondOnBothSidesOfTheYear2000() {
        Instant[] times = {
            Instant.parse("2026-11-22T11:50:00.123456Z"),
            null,
            Instant.parse("1999-12-31T23:59:59.999999Z"),
            Instant.EPOCH,
            Instant.parse("2026-11-22T11:50:00.123456999Z")
        };
        assertThat(database.withoutTenant(() -> arrays.times(times)))
                .containsExactly(
                        "2026-11-22T11:50:00.123456",
                        "none",
                        "1999-12-31T23:59:59.999999",
                        "1970-01-01T00:00:00.000000",
                        "2026-11-22T11:50:00.123456");
    }
}

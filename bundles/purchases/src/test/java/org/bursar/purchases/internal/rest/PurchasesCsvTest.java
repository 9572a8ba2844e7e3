package org.bursar.purchases.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Money;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.Page;
import org.bursar.kernel.PurchaseId;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseState;
import org.junit.jupiter.api.Test;

class PurchasesCsvTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    @Test
    void formulasAreTextsAndQuotesAreDoubled() {
        assertThat(PurchasesCsv.cell("=1+1")).isEqualTo("'=1+1");
        assertThat(PurchasesCsv.cell("-5")).isEqualTo("'-5");
        assertThat(PurchasesCsv.cell("a \"b\", c")).isEqualTo("\"a \"\"b\"\", c\"");
        assertThat(PurchasesCsv.cell("plain")).isEqualTo("plain");
    }

    @Test
    void everyPageIsWritten() throws IOException {
        PurchasesCsv csv = new PurchasesCsv(request -> request.after() == null
                ? new Page<>(List.of(purchase("PUR-2")), "more")
                : new Page<>(List.of(purchase("PUR-1")), null));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        csv.write(out);

        assertThat(out.toString(StandardCharsets.UTF_8).split("\r\n"))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .contains(",PUR-1,2026-11-21T10:00:00Z,")
                        .contains(",'=pack,450.00,USD,500.00,card,live,approved,500.00,2026-11-21T10:00:00Z"));
    }

    private static Purchase purchase(String number) {
        Instant now = CLOCK.instant();
        return new Purchase(
                PurchaseId.next(CLOCK),
                number,
                CustomerId.next(CLOCK),
                PackageId.next(CLOCK),
                "=pack",
                new Money("USD", 45_000),
                new BigDecimal("500.000000"),
                "card",
                true,
                false,
                PurchaseState.APPROVED,
                new BigDecimal("500.000000"),
                new Money("USD", 45_000),
                null,
                null,
                null,
                now,
                null,
                now,
                now,
                1);
    }
}

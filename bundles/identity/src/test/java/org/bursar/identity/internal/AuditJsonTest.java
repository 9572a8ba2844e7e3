package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.junit.jupiter.api.Test;

class AuditJsonTest {
    private final AuditJson json = new AuditJson();

    record State(
            CustomerId id,
            BigDecimal amount,
            Instant at,
            UserStatus status,
            Optional<String> note,
            List<String> tags) {}

    @Test
    void valuesLookAsTheyDoOverHttp() {
        State state = new State(
                new CustomerId(new UUID(0, 0)),
                new BigDecimal("10.500000"),
                Instant.parse("2026-11-21T10:00:00Z"),
                UserStatus.DISABLED,
                Optional.empty(),
                List.of("a"));
        assertThat(json.write(state))
                .isEqualTo("{\"id\":\"cus_00000000000000000000000000\",\"amount\":\"10.50\","
                        + "\"at\":\"2026-11-21T10:00:00Z\",\"status\":\"disabled\",\"note\":null,\"tags\":[\"a\"]}");
    }

    @Test
    void secretsThatSomebodyForgotAreMasked() {
        String text =
                json.write(Map.of("settings", Map.of("apiSecret", "s3cr3t", "passwordHash", "$argon2id$x"), "n", 1));
        assertThat(text).doesNotContain("s3cr3t").doesNotContain("argon2id").contains("apiSecret");
        assertThat(json.write(Map.of("mustChangePassword", true))).contains("true");
    }

    @Test
    void anEnormousStateIsLeftOut() {
        assertThat(json.write(Map.of("text", "x".repeat(100_000))))
                .contains("omitted")
                .hasSizeLessThan(100);
    }
}

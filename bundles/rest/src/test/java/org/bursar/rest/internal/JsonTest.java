package org.bursar.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    enum Size {
        VERY_SMALL,
        LARGE
    }

    record Inner(@Nullable BigDecimal amount) {}

    record Form(
            @Nullable String name,
            @Nullable Integer count,
            @Nullable Boolean on,
            @Nullable Size size,
            @Nullable CustomerId customer,
            @Nullable Instant time,
            @Nullable List<Inner> items) {}

    private final ObjectMapper json = Json.mapper();

    private Problem refusal(String body) {
        try {
            json.readValue(body, Form.class);
        } catch (java.io.IOException e) {
            return java.util.Objects.requireNonNull(ProblemAnswer.of(e));
        }
        throw new AssertionError("was read: " + body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": 5}|/name",
                "{\"name\": true}|/name",
                "{\"name\": [\"a\"]}|/name",
                "{\"count\": \"5\"}|/count",
                "{\"count\": 1.5}|/count",
                "{\"count\": 99999999999}|/count",
                "{\"on\": \"true\"}|/on",
                "{\"on\": 1}|/on",
                "{\"size\": \"huge\"}|/size",
                "{\"size\": 0}|/size",
                "{\"customer\": \"cus_1\"}|/customer",
                "{\"time\": \"yesterday\"}|/time",
                "{\"items\": {}}|/items",
                "{\"items\": [{\"amount\": 5}]}|/items/0/amount",
                "{\"items\": [{\"amount\": \"5e3\"}]}|/items/0/amount",
                "{\"items\": [{}, {\"amont\": \"5\"}]}|/items/1/amont",
                "{\"tenant\": \"x\"}|/tenant",
                "[]|''",
            })
    void aWrongFieldIsNamedByAPointer(String body, String pointer) {
        Problem problem = refusal(body);
        assertThat(problem.code().status()).isEqualTo(422);
        assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly(pointer);
        assertThat(problem.detail()).doesNotContain("com.fasterxml", "org.bursar", "java.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{|400", "{\"name\":\"a\",\"name\":\"b\"}|400", "{} {}|400", "nonsense|400"})
    void whatIsNoJsonIsMalformed(String body, int status) {
        assertThat(refusal(body).code().status()).isEqualTo(status);
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(refusal("[".repeat(5_000)).code().status()).isBetween(400, 422);
        assertThat(refusal("{\"items\":" + "[".repeat(5_000)).code().status()).isBetween(400, 422);
    }

    @Test
    void writesDecimalsAsStringsIdsAsTypeIdsAndStatesInSnakeCase() throws Exception {
        CustomerId customer = new CustomerId(new UUID(0, 10));
        Form form = new Form(
                "x",
                1,
                true,
                Size.VERY_SMALL,
                customer,
                Instant.parse("2026-11-21T09:14:00Z"),
                List.of(new Inner(new BigDecimal("8.5000"))));
        String text = json.writeValueAsString(form);
        assertThat(text)
                .contains("\"amount\":\"8.50\"")
                .contains("\"customer\":\"cus_0000000000000000000000000a\"")
                .contains("\"size\":\"very_small\"")
                .contains("\"time\":\"2026-11-21T09:14:00Z\"");
        assertThat(json.readValue(text, Form.class).customer()).isEqualTo(customer);
    }
}

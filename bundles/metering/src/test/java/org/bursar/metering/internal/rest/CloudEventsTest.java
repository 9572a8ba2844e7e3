package org.bursar.metering.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.UserId;
import org.bursar.metering.UsageEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CustomerId CUSTOMER = CustomerId.next(Clock.systemUTC());

    @Test
    void anEventIsReadAsUsage() throws JsonProcessingException {
        ObjectNode event = event();
        ((ObjectNode) event.get("data")).put("agent", "Front desk");
        event.put("datacontenttype", "application/json").put("traceparent", "00-1-2-3");
        UsageEvent usage = CloudEvents.read(event).event().orElseThrow();
        assertThat(usage.id()).isEqualTo("e1");
        assertThat(usage.source()).isEqualTo("/voice/portland");
        assertThat(usage.meter()).isEqualTo("voice-minutes");
        assertThat(usage.customer()).isEqualTo(CUSTOMER);
        assertThat(usage.time().orElseThrow()).isEqualTo("2026-11-21T09:00:00Z");
        assertThat(usage.quantity().orElseThrow()).isEqualByComparingTo("600");
        assertThat(usage.attributes()).contains("{\"agent\":\"Front desk\"}");
    }

    @Test
    void anAttributeThatIsAUsersIdSaysForWhomItWasAndAnyOtherIsAnAttribute() throws JsonProcessingException {
        ObjectNode event = event();
        ObjectNode data = (ObjectNode) event.get("data");
        data.put("user", "usr_01h2xcejqtf2nbrexx3vqjhp41");
        UsageEvent usage = CloudEvents.read(event).event().orElseThrow();
        assertThat(usage.user()).contains(UserId.fromString("usr_01h2xcejqtf2nbrexx3vqjhp41"));
        assertThat(usage.attributes()).contains("{\"user\":\"usr_01h2xcejqtf2nbrexx3vqjhp41\"}");
        data.put("user", "alice");
        usage = CloudEvents.read(event).event().orElseThrow();
        assertThat(usage.user()).isEmpty();
        assertThat(usage.attributes()).contains("{\"user\":\"alice\"}");
    }

    @Test
    void timeAndDataMayBeMissing() throws JsonProcessingException {
        ObjectNode event = event();
        event.remove("time");
        event.remove("data");
        UsageEvent usage = CloudEvents.read(event).event().orElseThrow();
        assertThat(usage.time()).isEmpty();
        assertThat(usage.quantity()).isEmpty();
        assertThat(usage.attributes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "specversion | \"0.3\" | invalid_specversion",
                "specversion | 1.0 | invalid_specversion",
                "id | 7 | invalid_id",
                "source | null | invalid_source",
                "type | {} | unknown_meter",
                "subject | \"acme\" | unknown_customer",
                "time | \"yesterday\" | invalid_time",
                "time | 1700000000 | invalid_time",
                "data | [] | invalid_data",
                "data | {\"a\": \"\\u0000\"} | invalid_data",
                "data | {\"\\u0000\": 1} | invalid_data",
                "data | {\"a\": 1e400} | invalid_data",
                "data | {\"a\": [[[[[[[[[1]]]]]]]]]} | invalid_data",
                "data_base64 | \"AA==\" | invalid_data",
                "data | {\"quantity\": 600} | invalid_quantity",
                "data | {\"quantity\": \"1e3\"} | invalid_quantity",
                "data | {\"quantity\": \"\"} | invalid_quantity"
            })
    void whatIsWrongHasACode(String field, String value, String code) throws JsonProcessingException {
        ObjectNode event = event();
        event.set(field, JSON.readTree(value));
        CloudEvents.Read read = CloudEvents.read(event);
        assertThat(read.event()).isEmpty();
        assertThat(read.refusal().orElseThrow().code()).hasToString(code);
    }

    @Test
    void whatIsNoObjectIsNoEvent() throws JsonProcessingException {
        JsonNode text = JSON.readTree("\"event\"");
        assertThat(CloudEvents.read(text).refusal().orElseThrow().code()).hasToString("invalid_event");
    }

    private static ObjectNode event() throws JsonProcessingException {
        return (ObjectNode) JSON.readTree("""
                {"specversion": "1.0", "id": "e1", "source": "/voice/portland", "type": "voice-minutes",
                 "subject": "%s", "time": "2026-11-21T10:00:00+01:00", "data": {"quantity": "600"}}""".formatted(CUSTOMER));
    }
}

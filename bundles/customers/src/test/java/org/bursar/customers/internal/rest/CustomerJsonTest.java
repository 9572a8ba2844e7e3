package org.bursar.customers.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bursar.customers.internal.AccountStatus;
import org.bursar.customers.internal.CustomerRow;
import org.bursar.customers.internal.FoundCustomer;
import org.bursar.customers.internal.NewCustomerForm;
import org.bursar.customers.internal.Warning;
import org.bursar.identity.UserSummary;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.testing.TestClock;
import org.junit.jupiter.api.Test;

class CustomerJsonTest {
    private static final TestClock CLOCK = TestClock.at("2026-11-21T10:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .build();

    private final Scope tenant = Scope.of(TenantId.next(CLOCK), Actor.system("test"));
    private final CustomerId id = CustomerId.next(CLOCK);

    private FoundCustomer found(Map<String, Object> facts) {
        CustomerRow row = new CustomerRow(
                id,
                null,
                "Acme",
                "acme",
                "acme",
                "old@acme.example",
                null,
                "+12025550189",
                "US",
                "1 Main Street",
                null,
                null,
                null,
                "97209",
                null,
                "pays late",
                null,
                null,
                null,
                null,
                AccountStatus.ACTIVE,
                null,
                null,
                null,
                3,
                CLOCK.instant(),
                CLOCK.instant());
        return new FoundCustomer(
                row,
                List.of(),
                new UserSummary(UserId.next(CLOCK), "Jonas Berg", "admin@acme.example"),
                facts,
                "past_due");
    }

    @Test
    void aCustomerShowsItsParticularsItsAdminAndTheColumnsOfOthers() {
        Map<String, Object> facts = new HashMap<>();
        facts.put("plan", "scale");
        facts.put("subscriptionStatus", "past_due");
        facts.put("messages", 2);
        facts.put("balance", null);
        facts.put("status", "a fact never replaces what is the customer's own");

        JsonNode json = JSON.valueToTree(CustomerJson.of(tenant, found(facts), null));

        assertThat(json.at("/id").asText()).isEqualTo(id.toString());
        assertThat(json.at("/name").asText()).isEqualTo("Acme");
        assertThat(json.at("/companyName").asText()).isEqualTo("Acme");
        assertThat(json.at("/status").asText()).isEqualTo("active");
        assertThat(json.at("/standing").asText()).isEqualTo("past_due");
        assertThat(json.at("/email").asText()).isEqualTo("admin@acme.example");
        assertThat(json.at("/admin/name").asText()).isEqualTo("Jonas Berg");
        assertThat(json.at("/address/postalCode").asText()).isEqualTo("97209");
        assertThat(json.at("/plan").asText()).isEqualTo("scale");
        assertThat(json.at("/subscriptionStatus").asText()).isEqualTo("past_due");
        assertThat(json.at("/messages").asInt()).isEqualTo(2);
        assertThat(json.at("/balance").isNull()).isTrue();
        assertThat(json.has("facts")).isFalse();
        assertThat(json.has("warnings")).isFalse();
    }

    @Test
    void warningsAreShownWhereTheyAreAskedForAndNotesOnlyToTheTenant() {
        List<Warning> none = List.of();

        assertThat(JSON.valueToTree(CustomerJson.of(tenant, found(Map.of()), none))
                        .at("/warnings")
                        .isArray())
                .isTrue();
        assertThat(CustomerJson.of(tenant, found(Map.of()), none).notes()).isEqualTo("pays late");
        assertThat(CustomerJson.of(tenant.only(id), found(Map.of()), none).notes())
                .isNull();
    }

    @Test
    void accessThatIsAllowedGivesNoReasons() throws JsonProcessingException {
        assertThat(JSON.writeValueAsString(new AccessResource.AccessJson(true, List.of())))
                .isEqualTo("{\"allowed\":true}");
    }

    @Test
    void theFormOfTheCreatePageIsRead() throws JsonProcessingException {
        NewCustomerForm form = JSON.readValue("""
                {"companyName": "Acme", "website": "acmecorp.example", "phone": "+12025550189", "country": "US",
                 "address": {"line1": "410 Harbor Street", "line2": "Suite 9", "city": "Portland", "state": "OR", "postalCode": "97209"},
                 "description": "x", "admin": {"firstName": "Jonas", "lastName": "Berg", "email": "a@a.example", "password": "secret"},
                 "contact": {"name": "n", "phone": "p", "email": "e"}, "workspaces": ["wsp_1"], "plan": "scale"}
                """, NewCustomerForm.class);

        assertThat(form.address().line2()).isEqualTo("Suite 9");
        assertThat(form.workspaces()).containsExactly("wsp_1");
        assertThat(form.toString()).doesNotContain("secret");
    }
}

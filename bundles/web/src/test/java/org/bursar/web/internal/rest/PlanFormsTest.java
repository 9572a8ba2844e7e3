package org.bursar.web.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.bursar.web.internal.Facts;
import org.bursar.web.internal.Form;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Words;
import org.junit.jupiter.api.Test;

class PlanFormsTest {
    private static final Words WORDS = new Words("en");
    private static final List<Facts> METERS =
            List.of(facts("{\"key\": \"calls\"}"), facts("{\"key\": \"minutes\"}"), facts("{\"key\": \"tokens\"}"));

    private static Facts facts(String json) {
        try {
            return new Facts(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Form form() {
        return Form.of(
                "price.amount",
                "49.00",
                "cycle",
                "month",
                "trialDays",
                "14",
                "graceDays",
                "soon",
                "rates.1.model",
                "graduated",
                "rates.1.unitPrice",
                "left over from another model",
                "rates.1.tiers.0.upTo",
                "1000",
                "rates.1.tiers.0.unitPrice",
                "0.09",
                "rates.1.tiers.3.unitPrice",
                "0.05",
                "rates.2.model",
                "per_unit",
                "rates.2.unitPrice",
                "x");
    }

    @Test
    void onlyWhatIsFilledInAndOfTheChosenModelIsSent() {
        assertThat(new PlanForms(form()).json(METERS, "USD")).isEqualTo(tree("""
                        {"price": {"amount": "49.00", "currency": "USD"}, "cycle": "month", "trialDays": 14, "graceDays": "soon",
                         "rates": [
                          {"meter": "minutes", "model": "graduated",
                           "tiers": [{"upTo": "1000", "unitPrice": "0.09"}, {"unitPrice": "0.05"}]},
                          {"meter": "tokens", "model": "per_unit", "unitPrice": "x"}],
                         "limits": {}}"""));
    }

    private static com.fasterxml.jackson.databind.JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRefusalStandsAtTheRowThatWasSent() {
        PlanForms terms = new PlanForms(form());
        terms.json(METERS, "USD");
        Form refused = terms.refused(new Reply(422, facts("""
                                {"errors": [
                                 {"pointer": "/rates/0/tiers/1/unitPrice", "code": "malformed", "detail": "no decimal"},
                                 {"pointer": "/rates/1/unitPrice", "code": "malformed", "detail": "no decimal"},
                                 {"pointer": "/rates/1", "code": "required", "detail": "required"},
                                 {"pointer": "/rates", "code": "too_many", "detail": "too many"}]}"""), Optional.empty()), WORDS);
        assertThat(refused.errors())
                .containsOnlyKeys("rates.1.tiers.3.unitPrice", "rates.2.unitPrice", "rates.2.model", "rates");
    }

    @Test
    void termsGoThroughTheFormUnchanged() {
        Facts plan = facts("""
                {"price": {"amount": "5.00", "currency": "USD"}, "cycle": "year", "cycleStart": "calendar", "minimum": "0.00",
                 "allowance": "10.00", "trialDays": 0, "graceDays": 0, "limits": {"users": 0, "concurrency": null},
                 "changes": {"upgrade": "now", "downgrade": "cycle_end"},
                 "rates": [{"meter": "tokens", "model": "package", "included": "3", "packagePrice": "1", "packageSize": "1000"}]}""");
        Form form = Form.of(PlanForms.pairs(plan, METERS).toArray(String[]::new));
        assertThat(new PlanForms(form).json(METERS, "USD")).isEqualTo(tree("""
                        {"price": {"amount": "5.00", "currency": "USD"}, "cycle": "year", "cycleStart": "calendar", "allowance": "10.00",
                         "changes": {"upgrade": "now", "downgrade": "cycle_end"}, "graceDays": 0, "limits": {"users": 0},
                         "rates": [{"meter": "tokens", "model": "package", "included": "3", "packagePrice": "1", "packageSize": "1000"}]}"""));
    }

    @Test
    void thereAreAlwaysRowsToFillAndMoreWhenTheyAreAskedFor() {
        assertThat(PlanForms.rows(METERS, form()))
                .extracting(PlanForms.Row::tiers)
                .containsExactly(3, 4, 3);
        assertThat(PlanForms.rows(METERS, Form.of("more", "1", "rates.1.tiers.3.upTo", "9")))
                .extracting(PlanForms.Row::tiers)
                .containsExactly(3, 7, 3);
    }
}

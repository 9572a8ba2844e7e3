package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AuditAmountTest {
    private static AuditAmount amount(String action, String before, String after) throws JsonProcessingException {
        String entry = "{\"action\": \"%s\", \"before\": %s, \"after\": %s}".formatted(action, before, after);
        return AuditAmount.of(new Facts(new ObjectMapper().readTree(entry)), new Show(ZoneOffset.UTC), "USD");
    }

    private static String text(String action, String before, String after) throws JsonProcessingException {
        return amount(action, before, after).text();
    }

    @Test
    void aLineThatMovedTheBalanceSaysByHowMuchAndWhichWay() throws Exception {
        AuditAmount approved = amount(
                "purchase.approved",
                "{\"status\": \"under_review\", \"credited\": \"0.00\"}",
                "{\"status\": \"approved\", \"credited\": \"2500.00\"}");
        assertThat(approved).isEqualTo(new AuditAmount("+$2,500.00", true, false));
        assertThat(amount("purchase.partially_refunded", "{\"credited\": \"2500.00\"}", "{\"credited\": \"2000.00\"}"))
                .isEqualTo(new AuditAmount("\u2212$500.00", false, false));
        assertThat(text("wallet.adjust", "{\"balance\": \"-5.00\"}", "{\"balance\": \"20.50\", \"entry\": 3}"))
                .isEqualTo("+$25.50");
        assertThat(text("subscription.renew", "{\"status\": \"ACTIVE\"}", "{\"charged\": \"979.00\"}"))
                .isEqualTo("\u2212$979.00");
        assertThat(text("usage.reprice", "null", "{\"difference\": \"-3.00\"}")).isEqualTo("+$3.00");
    }

    @Test
    void anAddOnSaysWhatItCostsMoreOrLessEachMonthInItsOwnCurrency() throws Exception {
        assertThat(amount(
                        "subscription.set-add-on",
                        "{\"addOn\": \"concurrency\", \"quantity\": 10, \"monthlyCost\": \"90.00 EUR\"}",
                        "{\"addOn\": \"concurrency\", \"quantity\": 20, \"monthlyCost\": \"180.00 EUR\"}"))
                .isEqualTo(new AuditAmount("+€90.00", false, true));
        assertThat(text("subscription.set-add-on", "{\"quantity\": 0}", "{\"monthlyCost\": \"90.00 USD\"}"))
                .isEqualTo("+$90.00");
        assertThat(text("subscription.set-add-on", "{\"monthlyCost\": \"90.00 USD\"}", "{\"quantity\": 0}"))
                .isEqualTo("\u2212$90.00");
    }

    @Test
    void whatAPurchaseOrARefundIsAboutHasNoSignSinceNothingMovedYet() throws Exception {
        assertThat(amount("purchase.create", "null", "{\"number\": \"PUR-10001\", \"price\": \"450.00 EUR\"}"))
                .isEqualTo(new AuditAmount("€450.00", false, false));
        assertThat(text("purchase.refund", "null", "{\"amount\": \"45.00 USD\"}"))
                .isEqualTo("$45.00");
    }

    @Test
    void otherLinesAndThoseWhoseTextWasErasedHaveNoAmount() throws Exception {
        assertThat(text("purchase.declined", "{\"credited\": \"0.00\"}", "{\"credited\": \"0.00\"}"))
                .isEmpty();
        assertThat(text("user.create", "null", "{\"credited\": \"5\"}")).isEmpty();
        for (String action : new String[] {
            "purchase.approved",
            "purchase.create",
            "purchase.refund",
            "wallet.adjust",
            "subscription.renew",
            "subscription.set-add-on",
            "usage.reprice"
        }) {
            assertThat(text(action, "null", "null")).as(action).isEmpty();
        }
    }

    @Test
    void everyActionThatHasWordsHasAnOutline() throws IOException {
        Properties words = new Properties();
        try (InputStream text = AuditAmountTest.class.getResourceAsStream("/text/en.properties")) {
            words.load(text);
        }
        assertThat(words.stringPropertyNames().stream()
                        .filter(key -> key.startsWith("audit.") && key.indexOf('.', 6) > 0)
                        .map(key -> AuditText.icon(key.substring(6))))
                .hasSizeGreaterThan(100)
                .allSatisfy(icon -> assertThat(Icons.outline(icon)).as(icon).isNotEmpty());
        assertThat(AuditText.icon("purchase.approved")).isEqualTo("cash");
        assertThat(AuditText.icon("purchase.declined")).isEqualTo("receipt");
        assertThat(AuditText.icon("something.new")).isEqualTo("history");
    }
}

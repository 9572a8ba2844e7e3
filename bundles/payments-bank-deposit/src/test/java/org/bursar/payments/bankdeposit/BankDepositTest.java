package org.bursar.payments.bankdeposit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.Health;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRequest;
import org.junit.jupiter.api.Test;

class BankDepositTest {
    private static final Map<String, String> FULL = Map.of(
            "accountHolder", "Harborlight AI",
            "accountNumber", "004417",
            "bank", "First Harbor",
            "instructions", "It takes a day.");

    private final PaymentGateway gateway = new BankDeposit();

    @Test
    void thePayerReadsTheAccountInOrderAndQuotesThePurchasesNumber() throws GatewayException {
        CheckoutStart start = gateway.startCheckout(context(FULL), request(Money.of("USD", 45_000)));

        assertThat(start).isInstanceOfSatisfying(CheckoutStart.Instructions.class, instructions -> {
            assertThat(instructions.reference()).isEqualTo("PUR-10482");
            assertThat(instructions.ref()).isEqualTo(PaymentRef.of("bank-deposit", "pur_1"));
            assertThat(instructions.lines())
                    .extracting(line -> line.label() + ": " + line.value())
                    .containsExactly(
                            "Amount: 450.00 USD",
                            "Account holder: Harborlight AI",
                            "Account number: 004417",
                            "Bank: First Harbor",
                            "Reference: PUR-10482",
                            "Instructions: It takes a day.");
        });
    }

    @Test
    void amountsAreShownInTheCurrencysOwnDigits() throws GatewayException {
        assertThat(amountLine(Money.of("JPY", 500))).isEqualTo("500 JPY");
        assertThat(amountLine(Money.of("KWD", 5_000))).isEqualTo("5.000 KWD");
        assertThat(amountLine(Money.of("USD", 1))).isEqualTo("0.01 USD");
    }

    private String amountLine(Money money) throws GatewayException {
        CheckoutStart start = gateway.startCheckout(context(FULL), request(money));
        return ((CheckoutStart.Instructions) start).lines().get(0).value();
    }

    @Test
    void withoutAnAccountNothingStartsAndHealthSaysWhy() {
        assertThatThrownBy(() -> gateway.startCheckout(context(Map.of()), request(Money.of("USD", 1))))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(GatewayException.Kind.BAD_CONFIGURATION));
        assertThat(gateway.health(context(Map.of())).code()).isEqualTo(Health.Code.MISCONFIGURED);
        assertThat(gateway.health(context(FULL)).code()).isEqualTo(Health.Code.UP);
    }

    @Test
    void theProviderSideOfAGatewayIsPlainlyRefused() throws GatewayException {
        assertThatThrownBy(() -> gateway.fetch(context(FULL), PaymentRef.of("bank-deposit", "pur_1")))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(GatewayException.Kind.UNSUPPORTED));
        assertThat(gateway.locate(context(FULL), "pur_1", Instant.EPOCH)).isEmpty();
        assertThatThrownBy(() -> gateway.handleWebhook(context(FULL), new NoWebhook()))
                .isInstanceOfSatisfying(
                        WebhookRejected.class,
                        rejection -> assertThat(rejection.why()).isEqualTo(WebhookRejected.Why.UNSUPPORTED));
    }

    @Test
    void holderAndNumberAreTheRequiredSettings() {
        assertThat(gateway.descriptor().settings().fields().stream()
                        .filter(SettingsSchema.Field::required)
                        .map(SettingsSchema.Field::name))
                .containsExactly("accountHolder", "accountNumber");
    }

    private static CheckoutRequest request(Money amount) {
        return new Asked(amount);
    }

    private static GatewayContext context(Map<String, String> settings) {
        return new Given(settings);
    }

    private record Given(Map<String, String> settings) implements GatewayContext {
        @Override
        public String tenantId() {
            return "ten_1";
        }

        @Override
        public Mode mode() {
            return Mode.LIVE;
        }

        @Override
        public Optional<String> setting(String name) {
            return Optional.ofNullable(settings.get(name));
        }

        @Override
        public char[] secret(String name) {
            throw new IllegalArgumentException(name);
        }

        @Override
        public Optional<char[]> previousSecret(String name) {
            return Optional.empty();
        }

        @Override
        public long revision() {
            return 1;
        }

        @Override
        public Clock clock() {
            return Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        }

        @Override
        public Instant deadline() {
            return Instant.EPOCH.plusSeconds(10);
        }

        @Override
        public Optional<URI> apiBase() {
            return Optional.empty();
        }
    }

    private record Asked(Money amount) implements CheckoutRequest {
        @Override
        public String purchaseId() {
            return "pur_1";
        }

        @Override
        public String number() {
            return "PUR-10482";
        }

        @Override
        public IdempotencyKey key() {
            return IdempotencyKey.of("ten_1:pur_1:checkout:1");
        }

        @Override
        public String title() {
            return "Credit pack $500";
        }

        @Override
        public URI success() {
            return URI.create("http://127.0.0.1/ok");
        }

        @Override
        public URI cancel() {
            return URI.create("http://127.0.0.1/cancelled");
        }

        @Override
        public Optional<Period> interval() {
            return Optional.empty();
        }

        @Override
        public Optional<String> providerCustomerId() {
            return Optional.empty();
        }

        @Override
        public Optional<String> payerEmail() {
            return Optional.empty();
        }

        @Override
        public Locale locale() {
            return Locale.ENGLISH;
        }

        @Override
        public boolean saveMethod() {
            return false;
        }

        @Override
        public Duration expiresIn() {
            return Duration.ofDays(14);
        }

        @Override
        public Map<String, String> metadata() {
            return Map.of();
        }
    }

    private static final class NoWebhook implements WebhookRequest {
        @Override
        public byte[] body() {
            return new byte[0];
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }

        @Override
        public String query() {
            return "";
        }

        @Override
        public Instant receivedAt() {
            return Instant.EPOCH;
        }
    }
}

package org.bursar.payments.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bursar.payments.spi.SettingsSchema.Field;
import org.bursar.payments.spi.SettingsSchema.Kind;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private static final PaymentRef REF = PaymentRef.of("checkout.session", "cs_test_1");

    @Test
    void moneyCountsIsoMinorUnits() {
        assertThat(Money.of("USD", 500)).hasToString("5.00 USD").isEqualTo(Money.of("USD", 500));
        assertThat(Money.of("JPY", 500)).hasToString("500 JPY");
        assertThat(Money.of("KWD", 5_000)).hasToString("5.000 KWD").isNotEqualTo(Money.of("KWD", 5_001));
        assertThat(Money.of("USD", Long.MAX_VALUE).amount().movePointRight(2).longValueExact())
                .isEqualTo(Long.MAX_VALUE);
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of("USD", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of("usd", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of("XXX", 1));
    }

    @Test
    void referencesAndKeysArePrintableAsciiWithinBounds() {
        assertThat(PaymentRef.of("k", "x".repeat(255)).id()).hasSize(255);
        for (String bad : List.of("", "x".repeat(256), "with space", "ü", "line\n")) {
            assertThatIllegalArgumentException().isThrownBy(() -> PaymentRef.of("k", bad));
            assertThatIllegalArgumentException().isThrownBy(() -> IdempotencyKey.of(bad));
        }
        assertThat(IdempotencyKey.of("a:b")).isEqualTo(IdempotencyKey.of("a:b")).hasToString("a:b");
        assertThat(REF)
                .isEqualTo(PaymentRef.of("checkout.session", "cs_test_1"))
                .hasSameHashCodeAs(PaymentRef.of("checkout.session", "cs_test_1"));
    }

    @Test
    void aSnapshotDoesNotChangeWhenWhatItWasMadeOfDoes() {
        List<PaymentSnapshot.Refund> refunds = new ArrayList<>();
        PaymentSnapshot bare = PaymentSnapshot.of(
                REF,
                PaymentSnapshot.Phase.CAPTURED,
                GatewayContext.Mode.LIVE,
                Optional.of("pur_1"),
                Money.of("USD", 500));
        PaymentSnapshot refunded = bare.withRefunds(refunds).withReviewOpen(true);
        refunds.add(PaymentSnapshot.Refund.of("re", PaymentSnapshot.RefundStatus.SUCCEEDED, Money.of("USD", 1)));

        assertThat(refunded.refunds()).isEmpty();
        assertThat(refunded.reviewOpen()).isTrue();
        assertThat(bare.reviewOpen()).isFalse();
        assertThatThrownBy(() -> bare.refunds().add(refunds.get(0))).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aCheckoutKeepsTheOrderOfItsLines() {
        CheckoutStart.Instructions start = CheckoutStart.instructions(REF, "PUR-1")
                .line("b", "2")
                .line("a", "1")
                .expiresAt(Instant.EPOCH)
                .build();

        assertThat(start.lines()).extracting(CheckoutStart.Line::label).containsExactly("b", "a");
        assertThat(start.expiresAt()).contains(Instant.EPOCH);
        assertThat(CheckoutStart.redirect(REF, URI.create("https://pay.example"), Instant.EPOCH)
                        .ref())
                .isEqualTo(REF);
    }

    @Test
    void schemasRefuseWhatAFormCouldNotShow() {
        SettingsSchema.Builder builder = SettingsSchema.builder(1).field(Field.of("apiKey", Kind.SECRET, "Key"));

        assertThatIllegalArgumentException().isThrownBy(() -> builder.field(Field.of("apiKey", Kind.TEXT, "Again")));
        assertThatIllegalArgumentException().isThrownBy(() -> Field.of("api-key", Kind.TEXT, "Key"));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingsSchema.builder(0));
        Field field =
                Field.of("region", Kind.TEXT, "Region").withChoices("eu", "us").asRequired();
        assertThat(field.kind()).isEqualTo(Kind.CHOICE);
        assertThat(field.required()).isTrue();
        assertThat(field.choices()).containsExactly("eu", "us");
    }

    @Test
    void aDescriptorAlwaysHasAnEnglishNameAndAnIdThatFitsAnAddress() {
        GatewayDescriptor descriptor = GatewayDescriptor.builder("my-gateway", "Mine")
                .name("de", "Meins")
                .build();

        assertThat(descriptor.names()).containsEntry("en", "Mine").containsEntry("de", "Meins");
        assertThat(descriptor.settings().fields()).isEmpty();
        for (String bad : List.of("", "a", "My", "my_gateway", "1a", "x".repeat(61))) {
            assertThatIllegalArgumentException().isThrownBy(() -> GatewayDescriptor.builder(bad, "Mine"));
        }
    }

    @Test
    void anExceptionSaysWhatIsKnownAndHowLongToWait() {
        GatewayException limited =
                new GatewayException(GatewayException.Kind.RATE_LIMITED, "slow down", null, Duration.ofSeconds(3));

        assertThat(limited.kind()).isEqualTo(GatewayException.Kind.RATE_LIMITED);
        assertThat(limited.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(new GatewayException(GatewayException.Kind.NOT_FOUND, "x").retryAfter())
                .isEmpty();
    }
}

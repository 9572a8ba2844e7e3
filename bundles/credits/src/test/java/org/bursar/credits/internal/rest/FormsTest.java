package org.bursar.credits.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.bursar.credits.Adjustment;
import org.bursar.kernel.FieldError;
import org.bursar.kernel.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What callers send, as far as it is decided before any service is asked. */
final class FormsTest {
    private static <T> T read(String json, Class<T> form) {
        try {
            return new JsonMapper().readValue(json, form);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> pointers(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, work);
        return refused.problem().errors().stream().map(FieldError::pointer).toList();
    }

    @Test
    void aSettlementIsTheLastUnlessItSaysOtherwise() {
        assertThat(read("{\"amount\": \"3.20\"}", SettlementForm.class).endsIt())
                .isTrue();
        assertThat(read("{\"amount\": \"3.20\", \"final\": true}", SettlementForm.class)
                        .endsIt())
                .isTrue();
        SettlementForm part = read("{\"amount\": \"3.20\", \"final\": false}", SettlementForm.class);
        assertThat(part.endsIt()).isFalse();
        assertThat(part.checked()).isEqualByComparingTo("3.20");
    }

    @Test
    void anAmountOfZeroEndsAHoldButIsNoPart() {
        assertThat(read("{\"amount\": \"0\"}", SettlementForm.class).checked()).isZero();
        assertThat(pointers(() -> read("{\"amount\": \"0\", \"final\": false}", SettlementForm.class)
                        .checked()))
                .containsExactly("/amount");
    }

    @Test
    void everyMissingFieldIsNamed() {
        assertThat(pointers(AdjustmentForm.EMPTY::checked)).containsExactly("/operation", "/amount", "/reason");
        assertThat(pointers(HoldForm.EMPTY::checked)).containsExactly("/customer", "/amount", "/ttlSeconds");
        assertThat(pointers(ExtensionForm.EMPTY::checked)).containsExactly("/ttlSeconds");
        assertThat(pointers(SettlementForm.EMPTY::checked)).containsExactly("/amount");
    }

    @Test
    void anAdjustmentCarriesItsTerms() {
        Adjustment plain = form(null, null).checked();
        assertThat(plain.expiresAt()).isEmpty();
        assertThat(plain.priority()).isEmpty();
        Instant at = Instant.parse("2027-01-31T00:00:00Z");
        assertThat(form(at, 0).checked().expiresAt()).contains(at);
        assertThat(form(at, 0).checked().priority()).contains(0);
    }

    private static AdjustmentForm form(@Nullable Instant expiresAt, @Nullable Integer priority) {
        return new AdjustmentForm(Adjustment.Operation.ADD, BigDecimal.TEN, "welcome", expiresAt, priority);
    }
}

package org.bursar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ChecksTest {
    @Test
    void namesEveryWrongFieldAtOnce() {
        Checks checks = new Checks();
        checks.text("/name", " ", 10);
        checks.text("/long", "12345678901", 10);
        checks.positiveAmount("/amount", new BigDecimal("0.00"));
        checks.amount("/precise", new BigDecimal("0.0000001"));
        ProblemException refusal = catchThrowableOfType(ProblemException.class, checks::done);
        assertThat(refusal.problem().code()).isEqualTo(Problems.INVALID);
        assertThat(refusal.problem().errors())
                .extracting(FieldError::pointer, FieldError::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("/name", FieldProblems.REQUIRED),
                        org.assertj.core.groups.Tuple.tuple("/long", FieldProblems.TOO_LONG),
                        org.assertj.core.groups.Tuple.tuple("/amount", FieldProblems.OUT_OF_RANGE),
                        org.assertj.core.groups.Tuple.tuple("/precise", FieldProblems.TOO_PRECISE));
    }

    @Test
    void takesAnyPrintableText() {
        Checks checks = new Checks();
        assertThat(checks.text("/name", " <b>Zoë & 株式会社 🚀</b> ", 40)).isEqualTo("<b>Zoë & 株式会社 🚀</b>");
        checks.done();
    }

    @Test
    void refusesControlCharactersAndHalfSurrogates() {
        assertThatThrownBy(() -> {
                    Checks checks = new Checks();
                    checks.text("/a", "nul\0byte", 40);
                    checks.done();
                })
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> {
                    Checks checks = new Checks();
                    checks.text("/a", "half \ud83d", 40);
                    checks.done();
                })
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aCursorOfAnotherListOrNoneAtAllIsRefused() {
        String cursor = Cursor.encode("name", "acme", "cus_1");
        assertThat(Cursor.decode("name", 2, cursor)).containsExactly("acme", "cus_1");
        for (String bad : new String[] {
            "", "*", cursor + "x", Cursor.encode("age", "acme", "cus_1"), Cursor.encode("name", "nul\0", "x"), "AAAA"
        }) {
            assertThatThrownBy(() -> Cursor.decode("name", 2, bad)).isInstanceOf(ProblemException.class);
        }
    }
}

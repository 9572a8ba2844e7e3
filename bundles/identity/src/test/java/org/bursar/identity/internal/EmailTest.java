package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {
    @ParameterizedTest
    @ValueSource(strings = {"a@b.example", "Jonas.Berg+x@acme-corp.co.example", "o'neil@x.example", "admin@localhost"})
    void addressesAreAccepted(String text) {
        assertThat(Email.valid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "@b.example",
                "a@",
                "a b@c.example",
                "a@b..example",
                ".a@b.example",
                "ä@b.example",
                "a@b@c.example",
                "a@b.example\nBcc: x@y.example",
                "<a@b.example>"
            })
    void anythingElseIsNot(String text) {
        assertThat(Email.valid(text)).isFalse();
    }

    @Test
    void hugeTextsAreRefusedAtOnce() {
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(1),
                () -> assertThat(Email.valid("a.".repeat(1_000_000) + "@b.example"))
                        .isFalse());
    }

    @Test
    void theKeyIsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(new Email("IRIS@B.EXAMPLE").key()).isEqualTo("iris@b.example");
        } finally {
            Locale.setDefault(before);
        }
    }
}

package org.bursar.web.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/customers?q=a&after=b", "/customers/cus_1/billing?dialog=adjust"})
    void pathsOfThisHostMayBeGoneOnTo(String next) {
        assertThat(Answers.safe(next)).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/a\r\nSet-Cookie: x",
                "/\t/evil.example",
                "/login?next=/login",
                "\\\\evil.example",
                "/%zz\u0000"
            })
    void nothingElse(String next) {
        assertThat(Answers.safe(next)).isEqualTo("/");
    }
}

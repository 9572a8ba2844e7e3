package org.bursar.tenancy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.bursar.kernel.Checks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlugsTest {
    private static boolean accepted(String slug) {
        Checks checks = new Checks();
        Slugs.checked(checks, "/slug", slug);
        return checks.clean();
    }

    @ParameterizedTest
    @ValueSource(strings = {"harborlight", "a1b", "two-words", "4you", "a23456789-123456789-123456789-1234567890"})
    void slugsAreLowerCaseLettersDigitsAndSingleHyphens(String slug) {
        assertThat(accepted(slug)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "Harbor",
                "-abc",
                "abc-",
                "a--b",
                "a.b",
                "a_b",
                "ten_x",
                "äbc",
                "a b",
                "a23456789-123456789-123456789-1234567890x"
            })
    void anythingElseIsRefused(String slug) {
        assertThat(accepted(slug)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"www", "api", "admin", "bursar", "platform", "mail"})
    void whatLooksLikeThePlatformIsReserved(String slug) {
        assertThat(accepted(slug)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "-x.example", "x.example-", "x..example", "x.123", "[::1]"})
    void whatIsNoHostNameIsRefused(String host) {
        Checks checks = new Checks();
        Hosts.checked(checks, "/host", host, "bursar.example");
        assertThat(checks.clean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.harborlight.example", "BÜCHER.example", "a.b.c.d.example"})
    void hostNamesAreKeptInLowerCaseAscii(String host) {
        Checks checks = new Checks();
        String kept = Hosts.checked(checks, "/host", host, "bursar.example");
        assertThat(checks.clean()).isTrue();
        assertThat(kept).matches("[a-z0-9.-]+");
    }
}

package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void theCodesAreThoseOfRfc6238AppendixB(long seconds, String code) {
        assertThat(Totp.code(KEY, Totp.step(Instant.ofEpochSecond(seconds)), 8)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"0, 755224", "1, 287082", "2, 359152", "8, 399871", "9, 520489"})
    void theCodesAreThoseOfRfc4226AppendixD(long counter, String code) {
        assertThat(Totp.code(KEY, counter, 6)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void base32IsThatOfRfc4648WithoutPadding(String text, String encoded) {
        assertThat(Totp.base32(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
    }

    @Test
    void guessingTakesLongerAndLonger() {
        assertThat(SecondFactors.wait(5)).isZero();
        assertThat(SecondFactors.wait(6)).isEqualTo(2);
        assertThat(SecondFactors.wait(9)).isEqualTo(16);
        assertThat(SecondFactors.wait(1_000_000)).isEqualTo(900);
    }
}

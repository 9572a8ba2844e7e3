package org.bursar.webhooks.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Signatures and times, against what others have published. */
class SignaturesTest {
    /** The example of Svix's documentation of how to verify by hand. */
    @Test
    void aPublishedExampleHasThePublishedSignature() {
        String header = Signatures.header(
                List.of("whsec_plJ3nmyCDGBKInavdOK15jsl"),
                "msg_loFOjxBNrRLzqYUf",
                1_731_705_121L,
                "{\"event_type\":\"ping\",\"data\":{\"success\":true}}");

        assertThat(header).isEqualTo("v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");
    }

    /** The example in the tests of the reference libraries. */
    @Test
    void theReferenceLibrariesExampleHasItsSignature() {
        String header = Signatures.header(
                List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330L,
                "{\"test\": 2432232314}");

        assertThat(header).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void twoSecretsSignBesideOneAnother() {
        String one = Signatures.secret();
        String two = Signatures.secret();

        String both = Signatures.header(List.of(one, two), "evt_1", 1, "{}");

        assertThat(both)
                .isEqualTo(Signatures.header(List.of(one), "evt_1", 1, "{}")
                        + ' '
                        + Signatures.header(List.of(two), "evt_1", 1, "{}"));
        assertThat(Base64.getDecoder().decode(one.substring("whsec_".length()))).hasSize(32);
    }

    @Test
    void attemptsComeLaterAndLaterForDaysAndThenNoMore() {
        Instant start = Instant.parse("2026-11-22T10:00:00Z");
        Instant now = start;
        int attempts = 0;
        for (Instant next = now; next != null; ) {
            now = next;
            attempts++;
            next = BackOff.next(attempts, start, now).orElse(null);
            assertThat(next == null || next.isAfter(now)).isTrue();
        }
        assertThat(attempts).isEqualTo(10);
        assertThat(Duration.between(start, now)).isBetween(Duration.ofDays(3), Duration.ofDays(4));
        assertThat(BackOff.next(1, start, start.plus(Duration.ofDays(5)))).isEmpty();
        assertThat(BackOff.rest(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(BackOff.rest(1_000)).isEqualTo(Duration.ofMinutes(15));
    }
}

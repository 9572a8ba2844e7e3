package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PasswordHashesTest {
    private final PasswordHashes hashes = new PasswordHashes();

    @Test
    void aHashMatchesItsPasswordAlone() {
        String hash = hashes.hash("Harbor-Light-7");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("Harbor");
        assertThat(hashes.matches("Harbor-Light-7", hash)).isTrue();
        assertThat(hashes.matches("harbor-Light-7", hash)).isFalse();
        assertThat(hashes.hash("Harbor-Light-7")).as("salted").isNotEqualTo(hash);
    }

    @Test
    void theReferenceImplementationsHashIsUnderstood() {
        // echo -n "password" | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 24, of the reference implementation's test
        // vectors
        assertThat(hashes.matches(
                        "password",
                        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isTrue();
    }

    @Test
    void withoutAHashNothingMatchesAndItTakesAsLong() {
        String hash = hashes.hash("Harbor-Light-7");
        hashes.matches("x", hash);
        long known = nanos(hash);
        long unknown = nanos(null);
        assertThat(hashes.matches("Harbor-Light-7", null)).isFalse();
        assertThat((double) unknown / known).isBetween(0.3, 3.0);
    }

    private long nanos(String hash) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            hashes.matches("Wrong-Guess-1", hash);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @Test
    void aHashOfAnotherKindIsAFaultAndNoPassword() {
        assertThatThrownBy(() -> hashes.matches("x", "plain")).isInstanceOf(IllegalStateException.class);
    }
}

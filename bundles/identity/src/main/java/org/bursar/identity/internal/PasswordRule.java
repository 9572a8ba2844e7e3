package org.bursar.identity.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bursar.identity.IdentityProblems;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.jspecify.annotations.Nullable;

/**
 * What a password must be: 8 to 128 characters, an upper and a lower case letter, a digit, a special character, not a
 * common one.
 */
final class PasswordRule {
    static final int SHORTEST = 8;
    static final int LONGEST = 128;

    private static final Set<String> COMMON = common();

    private PasswordRule() {}

    /** Checks a form's field. */
    static String checked(Checks checks, String pointer, @Nullable String password) {
        if (password == null || password.isEmpty()) {
            checks.error(pointer, FieldProblems.REQUIRED, "required");
            return "";
        }
        fault(password).ifPresent(fault -> checks.error(pointer, IdentityProblems.WEAK_PASSWORD, fault));
        return password;
    }

    /** What is wrong with a password; empty when nothing is. */
    static Optional<String> fault(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            return Optional.of(SHORTEST + " to " + LONGEST + " characters");
        }
        boolean upper = password.codePoints().anyMatch(Character::isUpperCase);
        boolean lower = password.codePoints().anyMatch(Character::isLowerCase);
        boolean digit = password.codePoints().anyMatch(Character::isDigit);
        boolean special =
                password.codePoints().anyMatch(c -> !Character.isLetterOrDigit(c) && !Character.isISOControl(c));
        if (!(upper && lower && digit && special)) {
            return Optional.of("an upper case letter, a lower case letter, a digit and a special character");
        }
        return COMMON.contains(password.toLowerCase(Locale.ROOT))
                ? Optional.of("not one of the passwords that everybody tries first")
                : Optional.empty();
    }

    private static Set<String> common() {
        try (InputStream in = PasswordRule.class.getResourceAsStream("/common-passwords.txt")) {
            if (in == null) {
                throw new IllegalStateException("common-passwords.txt is not in the bundle");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .map(line -> line.strip().toLowerCase(Locale.ROOT))
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.bursar.customers.internal;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Phone numbers in E.164. */
final class Phones {
    private Phones() {}

    /**
     * Reads a number as people write it.
     *
     * @param country where a number without country code is dialled; null when that is unknown
     * @return its E.164 form; empty when no such number can exist
     */
    static Optional<String> e164(String text, @Nullable String country) {
        return parsed(text, country).map(number -> phones().format(number, PhoneNumberFormat.E164));
    }

    /** The country of a number in E.164; empty where none has it alone, such as +800. */
    static Optional<String> country(String e164) {
        return parsed(e164, null)
                .map(number -> phones().getRegionCodeForNumber(number))
                .filter(region -> region.matches("[A-Z]{2}"));
    }

    private static Optional<PhoneNumber> parsed(String text, @Nullable String country) {
        try {
            PhoneNumber number = phones().parse(text, country);
            return phones().isValidNumber(number) ? Optional.of(number) : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    private static PhoneNumberUtil phones() {
        return PhoneNumberUtil.getInstance();
    }
}

package org.bursar.web.internal;

import java.text.Collator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Countries by their names (ISO 3166-1). */
public final class Countries {
    public static final List<Country> ALL = Arrays.stream(Locale.getISOCountries())
            .map(code -> new Country(code, name(code)))
            .sorted(Comparator.comparing(Country::name, Collator.getInstance(Locale.ENGLISH)))
            .toList();

    private Countries() {}

    /** One of them. */
    public record Country(String code, String name) {}

    /** The name of a code; the code itself where it is none. */
    public static String name(String code) {
        return new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH);
    }
}

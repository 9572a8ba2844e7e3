package org.bursar.customers.internal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The forms of postal codes. Countries that are not listed take any. In a pattern 9 is a digit, A a letter and everything
 * else itself; alternatives are separated by a bar.
 *
 * @see <a href="https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions">UPU, postal addressing systems</a>
 */
final class PostalCodes {
    private static final Map<String, String> FORMS = Map.ofEntries(
            Map.entry("AT", "9999"),
            Map.entry("AU", "9999"),
            Map.entry("BE", "9999"),
            Map.entry("BG", "9999"),
            Map.entry("BR", "99999-999|99999999"),
            Map.entry("CA", "A9A 9A9|A9A9A9|A9A-9A9"),
            Map.entry("CH", "9999"),
            Map.entry("CN", "999999"),
            Map.entry("CY", "9999"),
            Map.entry("CZ", "999 99|99999"),
            Map.entry("DE", "99999"),
            Map.entry("DK", "9999"),
            Map.entry("EE", "99999"),
            Map.entry("ES", "99999"),
            Map.entry("FI", "99999"),
            Map.entry("FR", "99999"),
            Map.entry(
                    "GB",
                    "A9 9AA|A99 9AA|AA9 9AA|AA99 9AA|A9A 9AA|AA9A 9AA|A99AA|A999AA|AA99AA|AA999AA|A9A9AA|AA9A9AA"),
            Map.entry("GR", "999 99|99999"),
            Map.entry("HR", "99999"),
            Map.entry("HU", "9999"),
            Map.entry("IL", "9999999|99999"),
            Map.entry("IN", "999999|999 999"),
            Map.entry("IT", "99999"),
            Map.entry("JP", "999-9999|9999999"),
            Map.entry("KR", "99999"),
            Map.entry("LT", "99999|LT-99999"),
            Map.entry("LU", "9999|L-9999"),
            Map.entry("LV", "9999|LV-9999"),
            Map.entry("MT", "AAA 9999|AAA9999"),
            Map.entry("MX", "99999"),
            Map.entry("MY", "99999"),
            Map.entry("NL", "9999 AA|9999AA"),
            Map.entry("NO", "9999"),
            Map.entry("NZ", "9999"),
            Map.entry("PH", "9999"),
            Map.entry("PL", "99-999|99999"),
            Map.entry("PR", "99999|99999-9999"),
            Map.entry("PT", "9999-999|9999"),
            Map.entry("RO", "999999"),
            Map.entry("RS", "99999"),
            Map.entry("RU", "999999"),
            Map.entry("SE", "999 99|99999"),
            Map.entry("SG", "999999"),
            Map.entry("SI", "9999|SI-9999"),
            Map.entry("SK", "999 99|99999"),
            Map.entry("TH", "99999"),
            Map.entry("TR", "99999"),
            Map.entry("TW", "999|99999|999999|999-99|999-999"),
            Map.entry("UA", "99999"),
            Map.entry("US", "99999|99999-9999"),
            Map.entry("ZA", "9999"));

    private static final Map<String, Pattern> PATTERNS = patterns();

    private PostalCodes() {}

    private static Map<String, Pattern> patterns() {
        Map<String, Pattern> patterns = new HashMap<>();
        // an Eircode is a routing key and four characters of any kind, which the notation of the table cannot say
        FORMS.forEach((country, forms) -> patterns.put(country, compiled(forms)));
        patterns.put("IE", Pattern.compile("[A-Z][0-9][0-9W] ?[0-9A-Z]{4}"));
        return Map.copyOf(patterns);
    }

    private static Pattern compiled(String forms) {
        // 'A' in the forms is a letter; literal letters stand only in country prefixes, which contain no A and end with
        // a hyphen
        return Pattern.compile(forms.replace("A", "[A-Z]").replace("9", "[0-9]"));
    }

    /** The code in upper case and without outer spaces, as it is stored. */
    static String normal(String code) {
        return code.strip().toUpperCase(Locale.ROOT);
    }

    /** Whether the country's codes look so; true for a country that is not listed or not known. */
    static boolean fits(@Nullable String country, String normalCode) {
        Pattern pattern = country == null ? null : PATTERNS.get(country);
        return pattern == null || pattern.matcher(normalCode).matches();
    }

    /** An example of the country's form for people; empty when it is not listed. */
    static String example(String country) {
        if ("IE".equals(country)) {
            return "D02 AF30";
        }
        String forms = FORMS.getOrDefault(country, "");
        int bar = forms.indexOf('|');
        return bar < 0 ? forms : forms.substring(0, bar);
    }
}

package org.bursar.customers.internal;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Whether two names are likely to be one company's. */
final class CompanyNames {
    private static final Set<String> LEGAL_FORMS = Set.of(
            "inc",
            "incorporated",
            "llc",
            "llp",
            "lp",
            "ltd",
            "limited",
            "plc",
            "corp",
            "corporation",
            "co",
            "company",
            "gmbh",
            "ag",
            "kg",
            "ohg",
            "ug",
            "se",
            "sa",
            "sas",
            "sarl",
            "srl",
            "spa",
            "sl",
            "bv",
            "nv",
            "ab",
            "as",
            "asa",
            "aps",
            "oy",
            "oyj",
            "kft",
            "sro",
            "doo",
            "pty",
            "pte",
            "sdn",
            "bhd",
            "kk");

    private CompanyNames() {}

    /** The name without case, accents, punctuation and legal form; the whole name in lower case when nothing else is left. */
    static String likeness(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        StringBuilder kept = new StringBuilder(plain.length());
        // "S.A." and "O'Neil" are one word each, "Smith & Sons" is two
        plain.codePoints()
                .filter(c -> c != '.' && c != '\'' && c != 0x2019 && Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(c -> kept.appendCodePoint(Character.isLetterOrDigit(c) ? c : ' '));
        String[] words = kept.toString().strip().split(" +");
        int end = words.length;
        while (end > 1 && LEGAL_FORMS.contains(words[end - 1])) {
            end--;
        }
        String likeness = String.join("", Arrays.asList(words).subList(0, end));
        return likeness.isEmpty() ? name.toLowerCase(Locale.ROOT) : likeness;
    }
}

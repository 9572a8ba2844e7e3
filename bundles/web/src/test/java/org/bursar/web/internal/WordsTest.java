package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordsTest {
    private final Words words = new Words("en");

    @Test
    void argumentsAreFilledInAndOneHasItsOwnForm() {
        assertThat(words.say("customers.count", "38")).isEqualTo("38 companies");
        assertThat(words.say("customers.count", "1")).isEqualTo("One company");
        assertThat(words.say("range.of", "1–12", "38")).isEqualTo("1–12 of 38");
        assertThat(words.say("no.such.key")).isEqualTo("no.such.key");
    }

    @Test
    void whatSomebodyTypedIsNoPattern() {
        assertThat(words.say("customers.none.like", "{0}{1}")).isEqualTo("No customer matches “{0}{1}”");
    }

    @Test
    void aTenantsOwnWordsMayHaveBracesOfAnyKind() {
        assertThat(Words.filled("Hei {0}, {1} av {0}", "Ada", "2")).isEqualTo("Hei Ada, 2 av Ada");
        assertThat(Words.filled("{", "a")).isEqualTo("{");
        assertThat(Words.filled("{x} {12} {} {9} {0", "a")).isEqualTo("{x} {12} {}  {0");
        assertThat(Words.filled("{0}")).isEqualTo("{0}");
    }

    @Test
    void everyTextThatATenantMaySayIsThere() {
        assertThat(OwnWords.KEYS).allMatch(words::has);
    }

    @Test
    void everyTextOfTheTemplatesIsThere() throws IOException {
        Pattern use = Pattern.compile("f\\.t\\(\"([^\"]+)\"(\\s*\\+)?");
        TreeSet<String> missing = new TreeSet<>();
        try (Stream<Path> templates = Files.walk(Path.of("src/main/jte"))) {
            for (Path template :
                    templates.filter(file -> file.toString().endsWith(".jte")).toList()) {
                Matcher found = use.matcher(Files.readString(template));
                while (found.find()) {
                    if (found.group(2) == null && !words.has(found.group(1))) {
                        missing.add(found.group(1) + " in " + template.getFileName());
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyIconOfTheTemplatesIsThere() throws IOException {
        Pattern use = Pattern.compile("icon\\(name = \"([^\"]+)\"");
        TreeSet<String> missing = new TreeSet<>();
        try (Stream<Path> templates = Files.walk(Path.of("src/main/jte"))) {
            for (Path template :
                    templates.filter(file -> file.toString().endsWith(".jte")).toList()) {
                Matcher found = use.matcher(Files.readString(template));
                while (found.find()) {
                    if (Icons.outline(found.group(1)).isEmpty()) {
                        missing.add(found.group(1) + " in " + template.getFileName());
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }
}

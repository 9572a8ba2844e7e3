package org.bursar.payments.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide shows code that is compiled and tested: each of its blocks stands in the gateway that the archetype makes. */
class WriteAGatewayTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path GUIDE = ROOT.resolve("docs/write-a-gateway.md");
    private static final Path SOURCES = ROOT.resolve("gateway-archetype/src/main/resources/archetype-resources/src");
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyBlockOfJavaStandsInTheArchetype() throws IOException {
        List<String> sources = sources();
        Matcher blocks = BLOCK.matcher(Files.readString(GUIDE));
        int count = 0;
        while (blocks.find()) {
            String block = blocks.group(1);
            assertThat(sources).as("a source with\n" + block).anyMatch(source -> source.contains(words(block)));
            count++;
        }
        assertThat(count).as("blocks").isGreaterThan(5);
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.add(words(Files.readString(file)));
            }
        }
        return sources;
    }

    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    @Test
    void theVersionsInItAreThoseOfTheBuild() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        String guide = Files.readString(GUIDE);

        assertThat(guide).contains("-DarchetypeVersion=" + first(pom, "<version>([^<]+)</version>") + " ");
        assertThat(guide)
                .contains("maven-archetype-plugin:" + first(pom, "<archetype.plugin.version>([^<]+)<") + ":generate");
    }

    private static String first(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        assertThat(matcher.find()).as(regex).isTrue();
        return matcher.group(1);
    }
}

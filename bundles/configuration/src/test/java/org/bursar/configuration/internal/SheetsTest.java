package org.bursar.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bursar.kernel.Setting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetsTest {
    private static final String PID = "org.bursar.mail";

    @TempDir
    Path folder;

    private final Map<String, Map<String, Object>> given = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private Sheets sheets;
    private long written;

    @BeforeEach
    void open() {
        given.clear();
        sheets = new Sheets(folder, folder.toString(), key -> null, new Sheets.Target() {
            @Override
            public void put(String pid, Map<String, Object> values) {
                given.put(pid, values);
                told.add(pid);
            }

            @Override
            public void withhold(String pid) {
                given.remove(pid);
            }
        });
    }

    private void declare() {
        sheets.declare(
                7,
                Map.of(
                        PID,
                        List.of(
                                DefinitionTest.number("days", "1", "90"),
                                DefinitionTest.text("url", Setting.Kind.WEB_ADDRESS, false),
                                DefinitionTest.text("data", Setting.Kind.FOLDER, false))));
    }

    private void write(String text) throws IOException {
        Path file = folder.resolve(PID + ".cfg");
        Files.writeString(file, text);
        // two writes within one tick of the file system's clock
        Files.setLastModifiedTime(file, FileTime.fromMillis(++written * 10_000));
        sheets.look();
        sheets.look();
    }

    @Test
    void goodValuesAreGivenAndTheDataFolderWhenNoneIsNamed() throws Exception {
        write("days = 5\nurl = https://a.example\n");
        declare();
        assertThat(given.get(PID))
                .isEqualTo(Map.of("days", "5", "url", "https://a.example", "data", folder.toString()));
        assertThat(sheets.warnings()).isEmpty();
    }

    @Test
    void aBadValueLeavesTheLastGoodOneAndTellsNobodyButTheOperator() throws Exception {
        write("days = 5\nurl = https://a.example\n");
        declare();
        write("days = 500\nurl = https://a.example\n");
        assertThat(given.get(PID)).containsEntry("days", "5");
        assertThat(told).as("components are not restarted by garbage").hasSize(1);
        assertThat(sheets.problem()).isEmpty();
        assertThat(sheets.warnings()).singleElement().asString().startsWith(PID + ": days must be a whole number");
        write("days = 6\nurl = https://a.example\n");
        assertThat(given.get(PID)).containsEntry("days", "6");
        assertThat(sheets.warnings()).isEmpty();
    }

    @Test
    void goodValuesBesideABadOneAreTaken() throws Exception {
        write("days = 5\nurl = https://a.example\n");
        declare();
        write("days = x\nurl = https://b.example\n");
        assertThat(given.get(PID)).containsEntry("days", "5").containsEntry("url", "https://b.example");
    }

    @Test
    void aFileThatIsHalfWrittenOrGoneChangesNothing() throws Exception {
        write("days = 5\nurl = https://a.example\n");
        declare();
        write("days = 6");
        assertThat(given.get(PID)).containsEntry("days", "5").containsEntry("url", "https://a.example");
        assertThat(sheets.warnings()).singleElement().asString().contains(PID + ".cfg ends within a line");
        Files.delete(folder.resolve(PID + ".cfg"));
        sheets.look();
        sheets.look();
        assertThat(given.get(PID)).containsEntry("days", "5").containsEntry("url", "https://a.example");
        assertThat(sheets.warnings()).singleElement().asString().contains("is gone");
    }

    @Test
    void aFileThatStillChangesIsLeftAlone() throws Exception {
        write("days = 5\n");
        declare();
        Path file = folder.resolve(PID + ".cfg");
        Files.writeString(file, "days = 6\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        sheets.look();
        assertThat(given.get(PID)).containsEntry("days", "5");
        sheets.look();
        assertThat(given.get(PID)).containsEntry("days", "6");
    }

    @Test
    void garbageAtTheStartMeansTheUsualValue() throws Exception {
        write("days = lots\nurl = no address\ndata = relative\n");
        declare();
        assertThat(given.get(PID)).isEqualTo(Map.of("data", folder.toString()));
        assertThat(sheets.warnings())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).endsWith("; the usual value holds"));
    }

    @Test
    void whatHasNoHarmlessUsualValueStartsNothingUntilItIsMended() throws Exception {
        write("smtp.url = garbage\n");
        sheets.declare(8, Map.of(PID, List.of(DefinitionTest.text("smtp.url", Setting.Kind.MAIL_SERVER, true))));
        assertThat(given).isEmpty();
        assertThat(sheets.problem())
                .hasValueSatisfying(problem ->
                        assertThat(problem).startsWith(PID + ": smtp.url must be an address such as smtp://"));
        write("");
        assertThat(given).isEmpty();
        write("smtp.url = smtp://mail.example\n");
        assertThat(given.get(PID)).containsEntry("smtp.url", "smtp://mail.example");
        assertThat(sheets.problem()).isEmpty();
    }

    @Test
    void unknownKeysAndNobodysFilesAreNamed() throws Exception {
        write("dayz = 5\n");
        declare();
        Files.writeString(folder.resolve("org.bursar.nothing.cfg"), "a = 1\n");
        sheets.look();
        assertThat(sheets.warnings())
                .containsExactly(
                        PID + ": there is no key dayz here",
                        "org.bursar.nothing.cfg is of no bundle that is installed");
    }

    @Test
    void bundlesThatShareAPidAreHeardTogether() throws Exception {
        write("days = 5\nurl = garbage\n");
        declare();
        sheets.declare(9, Map.of(PID, List.of(DefinitionTest.text("url", Setting.Kind.TEXT, false))));
        assertThat(given.get(PID)).doesNotContainKey("url");
    }
}

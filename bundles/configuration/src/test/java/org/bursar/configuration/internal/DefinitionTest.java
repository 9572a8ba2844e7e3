package org.bursar.configuration.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bursar.kernel.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTest {
    @TempDir
    Path folder;

    static Definition number(String key, String least, String most) {
        return new Definition(key, "Integer", false, least, most, "3", List.of(), Setting.Kind.TEXT, false);
    }

    static Definition text(String key, Setting.Kind kind, boolean needed) {
        return new Definition(key, "String", false, null, null, "", List.of(), kind, needed);
    }

    @ParameterizedTest
    @CsvSource({
        "1, true",
        "90, true",
        " 7 , true",
        "0, false",
        "91, false",
        "-1, false",
        "1.5, false",
        "abc, false",
        "99999999999999999999, false",
        "0x10, false",
        "1e1, false"
    })
    void aNumberKeepsToItsBounds(String written, boolean fits) {
        assertThat(number("days", "1", "90").fault(written).isEmpty()).isEqualTo(fits);
    }

    @Test
    void withoutBoundsItStillFitsItsType() {
        assertThat(number("days", null, null).fault("2147483648")).isPresent();
        assertThat(number("days", null, null).fault("-2147483648")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "WEB_ADDRESS, https://a.example:8443/x, true",
        "WEB_ADDRESS, ftp://a.example, false",
        "WEB_ADDRESS, 'http://[::bad', false",
        "WEB_ADDRESS, //nowhere, false",
        "WEB_ADDRESS, https://user@a.example, false",
        "POSTGRESQL, 'jdbc:postgresql://a:5432,b:5432/bursar?sslmode=require', true",
        "POSTGRESQL, jdbc:postgresql://, false",
        "POSTGRESQL, jdbc:mysql://a/b, false",
        "MAIL_SERVER, smtp://user:p%40ss@mail.example:587, true",
        "MAIL_SERVER, smtp://mail.example:99999, false",
        "MAIL_SERVER, mail.example, false",
        "EMAIL, ada@example.com, true",
        "EMAIL, ada, false",
        "NAMES, chat-history, true",
        "NAMES, Chat History, false",
        "NETWORKS, 10.0.0.0/8, true",
        "NETWORKS, 127.0.0.1, true",
        "NETWORKS, ::1/128, true",
        "NETWORKS, 10.0.0.0/33, false",
        "NETWORKS, localhost, false",
        "NETWORKS, 10.1, false",
        "TEXT, 'two words', true",
    })
    void aTextIsOfItsKind(Setting.Kind kind, String written, boolean fits) {
        assertThat(text("key", kind, false).fault(written).isEmpty()).isEqualTo(fits);
    }

    @Test
    void foldersAndFilesAreThere() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(text("data", Setting.Kind.FOLDER, false).fault(folder.toString()))
                .isEmpty();
        assertThat(text("data", Setting.Kind.FOLDER, false).fault(file.toString()))
                .isPresent();
        assertThat(text("data", Setting.Kind.FOLDER, false).fault("relative")).isPresent();
        assertThat(text("key", Setting.Kind.FILE, false).fault(file.toString())).isEmpty();
        assertThat(text("key", Setting.Kind.FILE, false)
                        .fault(folder.resolve("none").toString()))
                .isPresent();
    }

    @Test
    void whatIsWrittenIsDescribedAndNeverQuoted() {
        assertThat(text("smtp.url", Setting.Kind.MAIL_SERVER, false).fault("hunter2-hunter2"))
                .hasValueSatisfying(fault -> assertThat(fault)
                        .contains("must be an address such as smtp://")
                        .contains("not a text of 15 characters")
                        .doesNotContain("hunter2"));
        assertThat(number("days", "1", "9").fault("-5"))
                .contains("must be a whole number from 1 to 9, not a negative number");
    }
}

package org.bursar.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bursar.kernel.ProblemException;
import org.junit.jupiter.api.Test;

class MultipartFormTest {
    private static final String TYPE = "multipart/form-data; boundary=edge";

    private static MultipartForm read(String type, String body) {
        return MultipartForm.read(type, body.getBytes(StandardCharsets.UTF_8), List.of("slip", "note"));
    }

    private static String part(String disposition, String content) {
        return "--edge\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    private static void refused(String code, String pointer, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.problem().code().code()).isEqualTo(code);
            assertThat(refusal.problem().errors().stream()
                            .map(error -> error.pointer() + " " + error.code().code()))
                    .containsExactlyElementsOf(pointer.isEmpty() ? List.of() : List.of(pointer));
        });
    }

    @Test
    void filesKeepTheirBytesAndTextsTheirCharacters() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        String raw = new String(bytes, StandardCharsets.ISO_8859_1);
        String body = part("name=\"slip\"; filename=\"a.pdf\"", raw) + part("name=\"note\"", "ol\u00c3\u00a1")
                + "--edge--\r\n";
        MultipartForm form =
                MultipartForm.read(TYPE, body.getBytes(StandardCharsets.ISO_8859_1), List.of("slip", "note"));

        assertThat(form.file("slip").orElseThrow().content()).isEqualTo(bytes);
        assertThat(form.file("slip").orElseThrow().fileName()).isEqualTo("a.pdf");
        assertThat(form.text("note")).contains("ol\u00e1");
        assertThat(form.text("slip")).isEmpty();
        assertThat(form.file("note")).isEmpty();
    }

    @Test
    void aNameHasNoFoldersAndNoControlCharacters() {
        for (String name : Arrays.asList("../../etc/passwd", "C:\\\\temp\\\\passwd", "pass\u0007wd")) {
            String body = part("name=\"slip\"; filename=\"" + name + "\"", "x") + "--edge--\r\n";
            assertThat(read(TYPE, body).file("slip").orElseThrow().fileName()).isEqualTo("passwd");
        }
    }

    @Test
    void whatIsUnknownOrTwiceIsNamed() {
        refused("invalid", "/other unknown_field", () -> read(TYPE, part("name=\"other\"", "x") + "--edge--\r\n"));
        refused(
                "invalid",
                "/note duplicate",
                () -> read(TYPE, part("name=\"note\"", "x") + part("name=\"note\"", "y") + "--edge--\r\n"));
    }

    @Test
    void whatIsNoFormIsRefused() {
        refused("bad_request", "", () -> read("multipart/form-data", part("name=\"note\"", "x")));
        refused("bad_request", "", () -> read(TYPE, part("name=\"note\"", "x")));
        refused("bad_request", "", () -> read("application/json", "{}"));
        refused(
                "bad_request",
                "",
                () -> read(TYPE, "--edge\r\n" + "X: " + "y".repeat(9_000) + "\r\n\r\nx\r\n--edge--"));
        assertThat(read(TYPE, "--edge--\r\n").file("slip")).isEmpty();
    }
}

package org.bursar.web.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.rest.MultipartForm;
import org.junit.jupiter.api.Test;

class SentFileTest {
    private static final byte[] BYTES = {0, 13, 10, 45, 45, -1, 127};

    private static MultipartForm read(SentFile file, Map<String, String> texts) {
        String boundary = SentFile.boundary();
        return MultipartForm.read(
                "multipart/form-data; boundary=" + boundary, file.body(boundary, texts), List.of("slip", "note"));
    }

    @Test
    void whatWasSentArrives() {
        MultipartForm form = read(new SentFile("slip", "Kvittering æ.pdf", BYTES), Map.of("note", "paid in Bodø"));
        assertEquals(Optional.of("paid in Bodø"), form.text("note"));
        MultipartForm.Part slip = form.file("slip").orElseThrow();
        assertArrayEquals(BYTES, slip.content());
        assertEquals("Kvittering æ.pdf", slip.fileName());
    }

    @Test
    void anEmptyTextIsLeftOut() {
        assertEquals(
                Optional.empty(),
                read(new SentFile("slip", "a", BYTES), Map.of("note", " ")).text("note"));
    }

    @Test
    void aNameIsNoHeaderOfItsOwn() {
        String name = "a\"\r\nX: y\r\n\r\n--z.pdf";
        byte[] content = "abc".getBytes(StandardCharsets.UTF_8);
        MultipartForm.Part slip =
                read(new SentFile("slip", name, content), Map.of()).file("slip").orElseThrow();
        assertEquals("a___X: y____--z.pdf", slip.fileName());
        assertArrayEquals(content, slip.content());
    }
}

package org.bursar.tenancy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogoFileTest {
    private static final String OPEN =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">";

    @Test
    void aPngIsKeptUpToItsEnd() {
        byte[] png = png();
        byte[] followed = Arrays.copyOf(png, png.length + 30);
        assertThat(LogoFile.of(png)).map(LogoFile::mediaType).contains("image/png");
        assertThat(LogoFile.of(followed).orElseThrow().content()).isEqualTo(png);
    }

    @Test
    void whatIsNoWholePngOfReasonableSizeIsRefused() {
        byte[] png = png();
        for (int length = 0; length < png.length; length++) {
            assertThat(LogoFile.of(Arrays.copyOf(png, length)))
                    .as("cut to " + length)
                    .isEmpty();
        }
        for (int wide : new int[] {0, -1, 4_097, Integer.MAX_VALUE}) {
            byte[] other = png.clone();
            ByteBuffer.wrap(other).putInt(16, wide);
            assertThat(LogoFile.of(other)).as(wide + " wide").isEmpty();
        }
        byte[] endless = png.clone();
        ByteBuffer.wrap(endless).putInt(8, Integer.MAX_VALUE);
        assertThat(LogoFile.of(endless)).isEmpty();
        assertThat(LogoFile.of("GIF89a".getBytes(StandardCharsets.US_ASCII))).isEmpty();
    }

    @Test
    void aDrawingKeepsWhatIsDrawn() {
        String drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" height=\"32\" viewBox=\"0 0 32 32\"><defs>"
                + "<linearGradient id=\"g\"><stop offset=\"1\" stop-color=\"#0b6b62\"></stop></linearGradient></defs>"
                + "<path d=\"M1 1L9 9\" fill=\"url(#g)\"></path><use href=\"#g\"></use><text x=\"4\">A &amp; &lt;B&gt;</text></svg>";
        assertThat(clean(drawing)).isEqualTo(drawing);
        assertThat(clean(clean(drawing))).as("again").isEqualTo(drawing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<a href='javascript:alert(1)'><path d='M0 0'/></a>",
                "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='alert(1)'/></foreignObject>",
                "<html:script xmlns:html='http://www.w3.org/1999/xhtml'>alert(1)</html:script>",
                "<style>@import 'https://evil.example/x.css'; path { fill: url(https://evil.example/x) }</style>",
                "<image href='https://evil.example/x.png'/>",
                "<use href='https://evil.example/x.svg#a'/>",
                "<use xlink:href='data:image/svg+xml,x#a'/>",
                "<path onclick='alert(1)' d='M0 0'/>",
                "<path fill='url(https://evil.example/x)'/>",
                "<path fill='url(#a) url(//evil.example)'/>",
                "<path fill='URL( &quot;https://evil.example/x&quot; )'/>",
                "<path fill='u\\72l(//evil.example)'/>",
                "<path style='fill: url(//evil.example)'/>",
                "<animate attributeName='href' values='javascript:alert(1)'/>",
                "<set attributeName='onload' to='alert(1)'/>",
                "<handler xmlns='http://www.w3.org/2001/xml-events'>alert(1)</handler>",
                "<!-- <script>alert(1)</script> -->",
                "<?xml-stylesheet href='https://evil.example/x.css'?>"
            })
    void whatIsNotDrawnIsLeftOut(String evil) {
        String clean = clean(OPEN + evil + "<rect width='1'/></svg>");
        assertThat(clean).contains("<rect width=\"1\">");
        assertThat(clean.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("alert", "evil", "script", "data:", "onclick", "<a", "style", "<!--", "<?", "\\");
    }

    @Test
    void textStaysText() {
        String clean =
                clean(OPEN + "<text><![CDATA[<script>alert(1)</script>]]></text><text id='\"&gt;&lt;a'>x</text></svg>");
        assertThat(clean)
                .contains("<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>")
                .contains("id=\"&quot;&gt;&lt;a\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>",
                "<!DOCTYPE svg><svg xmlns='http://www.w3.org/2000/svg'/>",
                "<svg/>",
                "<html xmlns='http://www.w3.org/1999/xhtml'/>",
                "<svg xmlns='http://www.w3.org/2000/svg'>",
                "",
                "hello"
            })
    void whatIsNoDrawingIsRefused(String file) {
        assertThat(LogoFile.of(file.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void aDrawingThatIsNestedWithoutEndIsRefused() {
        String deep = OPEN + "<g>".repeat(9_000) + "</g>".repeat(9_000) + "</svg>";
        assertThat(LogoFile.of(deep.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void aDrawingOfCopiesOfCopiesIsRefused() {
        String most = OPEN + "<path id=\"a\"/>" + "<use href=\"#a\"/>".repeat(20);
        assertThat(clean(most + "</svg>")).contains("<use href=\"#a\">");
        assertThat(LogoFile.of((most + "<use href=\"#a\"/></svg>").getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static String clean(String drawing) {
        Optional<LogoFile> file = LogoFile.of(drawing.getBytes(StandardCharsets.UTF_8));
        assertThat(file).map(LogoFile::mediaType).contains("image/svg+xml");
        return new String(file.orElseThrow().content(), StandardCharsets.UTF_8);
    }

    static byte[] png() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(
                    new java.awt.image.BufferedImage(3, 2, java.awt.image.BufferedImage.TYPE_INT_RGB), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

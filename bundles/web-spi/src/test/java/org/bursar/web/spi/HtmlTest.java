package org.bursar.web.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void whateverIsTextStaysText() {
        String nasty = "</p><script>alert(1)</script>\" onload='x' & \u0000";
        assertThat(Html.of("p", nasty).with("title", nasty).toString())
                .isEqualTo(
                        "<p title=\"&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#34; onload=&#39;x&#39; &amp;  \">"
                                + "&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#34; onload=&#39;x&#39; &amp;  </p>");
    }

    @Test
    void scriptsStylesAndOtherHostsCannotBeMade() {
        for (String element :
                List.of("script", "style", "iframe", "img", "svg", "object", "base", "meta", "link", "p onclick")) {
            assertThatThrownBy(() -> Html.of(element)).as(element).isInstanceOf(IllegalArgumentException.class);
        }
        for (String attribute :
                List.of("onclick", "style", "hx-get", "hx-on:click", "src", "srcdoc", "formaction", "data-x", "x=\"")) {
            assertThatThrownBy(() -> Html.of("button").with(attribute, "/x"))
                    .as(attribute)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String address : List.of(
                "https://evil.example/",
                "//evil.example/",
                "javascript:alert(1)",
                "/\\evil.example",
                "x",
                "/a b",
                "")) {
            assertThatThrownBy(() -> Html.of("a").with("href", address))
                    .as(address)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Html.of("button").with("href", "/x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.of("input").with("type", "password"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFormIsSentWithWhatThePlatformChecks() {
        Html form = Html.of("form", Html.of("input").with("name", "points")).with("action", "/x/loyalty/points");
        assertThat(form.written(Map.of("csrf", "a\"b")))
                .isEqualTo("<form action=\"/x/loyalty/points\" method=\"post\">"
                        + "<input type=\"hidden\" name=\"csrf\" value=\"a&#34;b\"><input name=\"points\"></form>");
    }

    @Test
    void aPieceThatHasNoEndIsCut() {
        Html large = Html.text("x".repeat(100_000));
        assertThatThrownBy(
                        () -> Html.all(large, large, large, large, large, large).toString())
                .isInstanceOf(IllegalStateException.class);
    }
}

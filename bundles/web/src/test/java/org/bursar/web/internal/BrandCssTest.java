package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BrandCssTest {
    private static final int[] WHITE = {255, 255, 255};

    @Property(tries = 500)
    void textCanBeReadWhateverColourATenantChooses(@ForAll @IntRange(min = 0, max = 0xffffff) int rgb) {
        String css = BrandCss.of(String.format("#%06x", rgb));
        assertThat(BrandCss.contrast(colour(css, "--accent:(#[0-9a-f]{6})"), WHITE))
                .isGreaterThanOrEqualTo(4.5);
        assertThat(BrandCss.contrast(colour(css, "--accent-hover:(#[0-9a-f]{6})"), WHITE))
                .isGreaterThanOrEqualTo(4.5);
        int[] light = colour(css, "--accent-text:light-dark\\((#[0-9a-f]{6})");
        int[] dark = colour(css, "--accent-text:light-dark\\(#[0-9a-f]{6},(#[0-9a-f]{6})");
        assertThat(BrandCss.contrast(light, WHITE)).isGreaterThanOrEqualTo(4.5);
        assertThat(BrandCss.contrast(light, colour(css, "--accent-soft:light-dark\\((#[0-9a-f]{6})")))
                .isGreaterThanOrEqualTo(4.5);
        assertThat(BrandCss.contrast(dark, new int[] {0x13, 0x16, 0x1c})).isGreaterThanOrEqualTo(4.5);
        assertThat(BrandCss.contrast(dark, colour(css, "--accent-soft:light-dark\\(#[0-9a-f]{6},(#[0-9a-f]{6})")))
                .isGreaterThanOrEqualTo(4.5);
    }

    private static int[] colour(String css, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(css);
        assertThat(found.find()).as(pattern + " in " + css).isTrue();
        int rgb = Integer.parseInt(found.group(1).substring(1), 16);
        return new int[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
    }
}

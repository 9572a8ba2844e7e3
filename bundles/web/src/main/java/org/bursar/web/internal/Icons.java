package org.bursar.web.internal;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Outlines of icons by name, drawn into the page so that they follow its colours. */
public final class Icons {
    private static final Properties OUTLINES = read();

    private Icons() {}

    private static Properties read() {
        try {
            Properties read = new Properties();
            read.load(new StringReader(new String(Assets.read("/icons.properties"), StandardCharsets.UTF_8)));
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What goes inside the svg element: our own markup, never anybody's text. */
    public static String outline(String name) {
        return OUTLINES.getProperty(name, "");
    }
}

package org.bursar.web.internal;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The texts of the pages by their keys, {@code text/en.properties}. A key whose first argument counts may have a form for one:
 * {@code customers.count.one}. Another language is another file.
 */
public final class Words {
    private final Map<String, String> texts = new HashMap<>();

    public Words(String language) {
        this(properties(file(language)));
    }

    private Words(Properties read) {
        read.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
    }

    /** The texts of a properties file that somebody else brings. */
    public static Words read(String text) {
        return new Words(properties(text));
    }

    private static Properties properties(String text) {
        try {
            Properties read = new Properties();
            read.load(new StringReader(text));
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(String language) {
        try {
            return new String(Assets.read("/text/" + language + ".properties"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(String key) {
        return texts.containsKey(key);
    }

    /** The text of a key with its arguments in {0}, {1}; the key itself where there is none, so that a gap is seen and no page fails. */
    public String say(String key, Object... arguments) {
        String text = texts.get(key);
        if (arguments.length > 0 && String.valueOf(arguments[0]).equals("1") && texts.containsKey(key + ".one")) {
            text = texts.get(key + ".one");
        }
        return text == null ? key : filled(text, arguments);
    }

    /** A text in a tenant's own words with its arguments; a brace that opens no argument stays as it is. */
    public static String filled(String text, Object... arguments) {
        if (arguments.length == 0 || text.indexOf('{') < 0) {
            return text;
        }
        StringBuilder said = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            boolean argument = open + 2 < text.length()
                    && text.charAt(open + 2) == '}'
                    && Character.isDigit(text.charAt(open + 1));
            int index = argument ? Character.digit(text.charAt(open + 1), 10) : 0;
            said.append(text, from, open);
            said.append(argument ? index < arguments.length ? arguments[index] : "" : "{");
            from = open + (argument ? 3 : 1);
        }
        return said.append(text, from, text.length()).toString();
    }
}

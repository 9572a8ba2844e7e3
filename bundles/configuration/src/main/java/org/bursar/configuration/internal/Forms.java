package org.bursar.configuration.internal;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bursar.kernel.Setting;

/** Whether a text is of its kind. */
final class Forms {
    private static final int LONGEST = 2_000;
    private static final int MOST_PORT = 65_535;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+");
    private static final Pattern NAMES = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern POSTGRESQL =
            Pattern.compile("jdbc:postgresql://[A-Za-z0-9.\\-_:\\[\\],]+/[^\\s/?#]+(\\?\\S*)?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private Forms() {}

    /** What is expected, to follow "must be". */
    static String expected(Setting.Kind kind) {
        return switch (kind) {
            case TEXT -> "one line of printable text";
            case WEB_ADDRESS -> "an address such as https://console.example.com";
            case POSTGRESQL -> "an address such as jdbc:postgresql://host:5432/bursar";
            case MAIL_SERVER -> "an address such as smtp://user:password@host:587";
            case EMAIL -> "an e-mail address";
            case FOLDER -> "the full path of a folder that exists";
            case FILE -> "the full path of a file that can be read";
            case NAMES -> "names such as chat-history, with commas between them";
            case NETWORKS -> "addresses such as 10.0.0.7 or 10.0.0.0/8, with commas between them";
        };
    }

    /** Whether the text, which is not empty, is that. */
    static boolean fits(Setting.Kind kind, String text) {
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl) || text.indexOf('\uFFFD') >= 0) {
            return false;
        }
        return switch (kind) {
            case TEXT -> true;
            case WEB_ADDRESS -> webAddress(text);
            case POSTGRESQL -> POSTGRESQL.matcher(text).matches();
            case MAIL_SERVER -> mailServer(text);
            case EMAIL -> EMAIL.matcher(text).matches();
            case FOLDER -> path(text, Files::isDirectory);
            case FILE -> path(text, file -> Files.isRegularFile(file) && Files.isReadable(file));
            case NAMES -> NAMES.matcher(text).matches();
            case NETWORKS -> network(text);
        };
    }

    private static boolean webAddress(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() <= MOST_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean mailServer(String text) {
        try {
            URI uri = new URI(text);
            return ("smtp".equalsIgnoreCase(uri.getScheme()) || "smtps".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPort() <= MOST_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean path(String text, Predicate<Path> holds) {
        try {
            Path path = Path.of(text);
            return path.isAbsolute() && holds.test(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean network(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!ADDRESS.matcher(address).matches()) {
            // a name would be looked up
            return false;
        }
        try {
            int bits = InetAddress.getByName(address).getAddress().length * Byte.SIZE;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            return prefix >= 0 && prefix <= bits && (bits > Integer.SIZE || address.split("\\.", -1).length == 4);
        } catch (UnknownHostException | NumberFormatException e) {
            return false;
        }
    }
}

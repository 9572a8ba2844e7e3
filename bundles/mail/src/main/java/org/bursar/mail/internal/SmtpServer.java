package org.bursar.mail.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A mail server.
 *
 * @param implicitTls TLS from the first byte; without it STARTTLS is used where the server offers it
 * @param user empty: no sign-in
 */
record SmtpServer(String host, int port, boolean implicitTls, String user, String password) {
    private static final int SMTP = 25;
    private static final int SUBMISSION = 587;
    private static final int SUBMISSIONS = 465;

    /**
     * Reads {@code smtp[s]://user:password@host:port}; what user and password contain of {@code :/@%} is
     * percent-encoded.
     *
     * @throws IllegalArgumentException without the text in its message, which may hold the password
     */
    static SmtpServer parse(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw malformed();
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("smtps");
        String path = uri.getRawPath();
        if (!tls && !scheme.equals("smtp")
                || uri.getHost() == null
                || path != null && !path.isEmpty() && !path.equals("/")
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getPort() == 0
                || uri.getPort() > 65_535) {
            throw malformed();
        }
        String[] login = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        String user = login.length == 0 ? "" : decoded(login[0]);
        int usual = tls ? SUBMISSIONS : user.isEmpty() ? SMTP : SUBMISSION;
        String host = uri.getHost().startsWith("[")
                ? uri.getHost().substring(1, uri.getHost().length() - 1)
                : uri.getHost();
        return new SmtpServer(
                host, uri.getPort() < 0 ? usual : uri.getPort(), tls, user, login.length < 2 ? "" : decoded(login[1]));
    }

    private static String decoded(String text) {
        // a plus is a plus here, unlike in a form
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("smtp.url is not smtp[s]://user:password@host:port");
    }

    boolean signsIn() {
        return !user.isEmpty();
    }

    /** Whether what is sent there leaves this machine. */
    boolean remote() {
        return !host.equals("localhost") && !host.equals("::1") && !host.startsWith("127.");
    }

    @Override
    public String toString() {
        return host + ':' + port;
    }
}

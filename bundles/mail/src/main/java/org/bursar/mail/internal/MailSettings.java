package org.bursar.mail.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The configuration, checked. */
record MailSettings(Optional<SmtpServer> server, String senderName, String senderAddress) {
    /**
     * Reads it.
     *
     * @throws IllegalArgumentException which names the key that is wrong
     */
    static MailSettings of(MailConfig config) {
        Optional<SmtpServer> server =
                config.smtp_url().isBlank() ? Optional.empty() : Optional.of(SmtpServer.parse(config.smtp_url()));
        String address = config.sender_address().isBlank()
                ? "no-reply@" + domain(config.url())
                : config.sender_address().strip();
        if (Letter.address(address, "").isEmpty()) {
            throw new IllegalArgumentException("sender.address is not an e-mail address: " + address);
        }
        return new MailSettings(server, config.sender_name(), address);
    }

    private static String domain(String url) {
        @Nullable String host = null;
        try {
            host = new URI(url.strip()).getHost();
        } catch (URISyntaxException e) {
            // the address that people use is checked where it matters; here any name will do
        }
        // an address needs a name: a number would have to be written in brackets, which many servers refuse
        return host == null || !host.matches(".*[A-Za-z-][A-Za-z0-9-]*") ? "localhost" : host;
    }
}

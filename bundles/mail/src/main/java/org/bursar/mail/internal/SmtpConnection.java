package org.bursar.mail.internal;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPSSLTransport;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a mail server, opened by the first letter and again after it was closed or has failed.
 */
final class SmtpConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpConnection.class);
    private static final int CONNECT_MILLIS = 10_000;

    /** For each answer of the server; a mail takes about eight of them, and must end before its lease does. */
    private static final int READ_MILLIS = 15_000;

    private final SmtpServer server;
    private final int connectMillis;
    private final int readMillis;

    /** Made once, by the first letter: making one reads tables and logs them. */
    private @Nullable Session session;

    private @Nullable SMTPTransport open;

    SmtpConnection(SmtpServer server) {
        this(server, CONNECT_MILLIS, READ_MILLIS);
    }

    SmtpConnection(SmtpServer server, int connectMillis, int readMillis) {
        this.server = server;
        this.connectMillis = connectMillis;
        this.readMillis = readMillis;
    }

    private Properties properties() {
        String prefix = server.implicitTls() ? "mail.smtps." : "mail.smtp.";
        Properties properties = new Properties();
        properties.setProperty(prefix + "connectiontimeout", Integer.toString(connectMillis));
        properties.setProperty(prefix + "timeout", Integer.toString(readMillis));
        properties.setProperty(prefix + "writetimeout", Integer.toString(readMillis));
        properties.setProperty(prefix + "auth", Boolean.toString(server.signsIn()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "starttls.enable", "true");
        // a password does not leave this machine in clear
        properties.setProperty(
                prefix + "starttls.required",
                Boolean.toString(server.signsIn() && server.remote() && !server.implicitTls()));
        properties.setProperty(prefix + "quitwait", "false");
        return properties;
    }

    /** Gives one letter to the server. When this returns, the server has taken it. */
    synchronized void send(Letter letter) throws SendFailedException {
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        // the mail library looks its parts up through the context class loader
        thread.setContextClassLoader(Session.class.getClassLoader());
        try {
            Session settings = session == null ? Session.getInstance(properties()) : session;
            session = settings;
            SMTPTransport transport = opened(settings);
            try {
                MimeMessage message = letter.mime(settings);
                transport.sendMessage(message, new Address[] {letter.to()});
            } catch (MessagingException e) {
                close();
                throw SendFailedException.sending(e);
            }
        } finally {
            thread.setContextClassLoader(former);
        }
    }

    private SMTPTransport opened(Session settings) throws SendFailedException {
        SMTPTransport transport = open;
        if (transport != null && transport.isConnected()) {
            return transport;
        }
        close();
        URLName name =
                new URLName(server.implicitTls() ? "smtps" : "smtp", server.host(), server.port(), null, null, null);
        transport = server.implicitTls() ? new SMTPSSLTransport(settings, name) : new SMTPTransport(settings, name);
        try {
            transport.connect(
                    server.host(),
                    server.port(),
                    server.signsIn() ? server.user() : null,
                    server.signsIn() ? server.password() : null);
        } catch (MessagingException e) {
            throw SendFailedException.connecting(e);
        }
        open = transport;
        return transport;
    }

    /** Ends the connection; the next letter opens another. */
    @Override
    public synchronized void close() {
        SMTPTransport transport = open;
        open = null;
        if (transport != null) {
            try {
                transport.close();
            } catch (MessagingException e) {
                LOG.debug("connection to {} was broken", server, e);
            }
        }
    }

    @Override
    public String toString() {
        return server.toString();
    }
}

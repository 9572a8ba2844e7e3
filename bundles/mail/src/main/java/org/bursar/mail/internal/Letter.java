package org.bursar.mail.internal;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bursar.kernel.MailId;

/** What goes to the mail server. */
record Letter(MailId id, InternetAddress from, InternetAddress to, String subject, String text, Instant writtenAt) {

    /**
     * An address that a mail server can be given: exactly one, without a name or comment smuggled in; a domain in
     * another script is written in ASCII.
     */
    static Optional<InternetAddress> address(String text, String name) {
        try {
            int at = text.lastIndexOf('@');
            if (at < 1 || text.chars().anyMatch(Character::isISOControl)) {
                return Optional.empty();
            }
            String ascii = text.substring(0, at + 1) + IDN.toASCII(text.substring(at + 1), IDN.ALLOW_UNASSIGNED);
            InternetAddress address = new InternetAddress(ascii, true);
            address.validate();
            if (!ascii.equals(address.getAddress()) || address.isGroup() || address.getPersonal() != null) {
                return Optional.empty();
            }
            if (!name.isBlank()) {
                address.setPersonal(name.replaceAll("\\p{Cntrl}", " ").strip(), "UTF-8");
            }
            return Optional.of(address);
        } catch (AddressException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The message with all its headers. */
    MimeMessage mime(Session session) throws MessagingException {
        MimeMessage message = new Identified(session, messageId());
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(subject, "UTF-8");
        message.setSentDate(Date.from(writtenAt));
        // no out-of-office answer to a machine, RFC 3834
        message.setHeader("Auto-Submitted", "auto-generated");
        byte[] body = text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        // bytes, not a String: for a String a handler would be looked up by its type, which OSGi makes a gamble
        message.setDataHandler(new DataHandler(new ByteArrayDataSource(body, "text/plain; charset=UTF-8")));
        message.saveChanges();
        return message;
    }

    /** The same for each attempt to send this mail, so that a duplicate can be recognised. */
    String messageId() {
        String address = from.getAddress();
        return '<' + id.toString() + '@' + address.substring(address.lastIndexOf('@') + 1) + '>';
    }

    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}

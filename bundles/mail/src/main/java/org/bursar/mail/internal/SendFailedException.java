package org.bursar.mail.internal;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** A mail could not be sent. Its message says why without the recipient's address, which servers like to repeat. */
final class SendFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the failure says about another attempt. */
    enum Kind {
        /** The server cannot be reached or does not let us in: no mail goes. */
        NO_SERVER,
        /** This mail did not go; it may later. */
        RETRY,
        /** This recipient does not exist. */
        REFUSED
    }

    private final Kind kind;

    SendFailedException(Kind kind, String reason) {
        super(reason);
        this.kind = kind;
    }

    static SendFailedException connecting(MessagingException e) {
        return new SendFailedException(
                Kind.NO_SERVER,
                e instanceof AuthenticationFailedException ? "sign-in refused" : "connect: " + cause(e));
    }

    static SendFailedException sending(MessagingException e) {
        for (Exception part = e;
                part != null;
                part = part instanceof MessagingException m ? m.getNextException() : null) {
            if (part instanceof SMTPAddressFailedException address) {
                // 5yz is for good, 4yz is for now: RFC 5321, 4.2.1
                boolean permanent = address.getReturnCode() / 100 == 5;
                return new SendFailedException(
                        permanent ? Kind.REFUSED : Kind.RETRY, "recipient refused: " + address.getReturnCode());
            }
            if (part instanceof SMTPSenderFailedException sender) {
                return new SendFailedException(Kind.RETRY, "sender refused: " + sender.getReturnCode());
            }
            if (part instanceof SMTPSendFailedException send && send.getNextException() == null) {
                return new SendFailedException(Kind.RETRY, "message refused: " + send.getReturnCode());
            }
        }
        return new SendFailedException(Kind.RETRY, "send: " + cause(e));
    }

    private static String cause(MessagingException e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName();
    }

    Kind kind() {
        return kind;
    }
}

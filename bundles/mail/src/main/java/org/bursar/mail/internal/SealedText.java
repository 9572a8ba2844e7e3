package org.bursar.mail.internal;

import java.nio.charset.StandardCharsets;
import org.bursar.database.Secrets;
import org.bursar.kernel.TenantId;

/** What is encrypted of a mail, each part for its own purpose. */
final class SealedText {
    private static final String RECIPIENT = "mail.recipient";
    private static final String SUBJECT = "mail.subject";
    private static final String BODY = "mail.body";

    private final Secrets secrets;

    SealedText(Secrets secrets) {
        this.secrets = secrets;
    }

    byte[] recipient(TenantId tenant, String text) {
        return seal(tenant, RECIPIENT, text);
    }

    byte[] subject(TenantId tenant, String text) {
        return seal(tenant, SUBJECT, text);
    }

    byte[] body(TenantId tenant, String text) {
        return seal(tenant, BODY, text);
    }

    String openRecipient(TenantId tenant, byte[] sealed) {
        return open(tenant, RECIPIENT, sealed);
    }

    String openSubject(TenantId tenant, byte[] sealed) {
        return open(tenant, SUBJECT, sealed);
    }

    String openBody(TenantId tenant, byte[] sealed) {
        return open(tenant, BODY, sealed);
    }

    private byte[] seal(TenantId tenant, String purpose, String text) {
        return secrets.seal(tenant, purpose, text.getBytes(StandardCharsets.UTF_8));
    }

    private String open(TenantId tenant, String purpose, byte[] sealed) {
        return new String(secrets.open(tenant, purpose, sealed), StandardCharsets.UTF_8);
    }

    /** The first character and the domain. */
    static String masked(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? "***" : address.substring(0, address.offsetByCodePoints(0, 1)) + "***" + address.substring(at);
    }
}

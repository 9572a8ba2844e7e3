package org.bursar.mail;

/**
 * A mail in full.
 *
 * @param subject empty once retention has removed the text
 * @param text empty once retention has removed it
 */
public record MailText(MailSummary summary, String to, String subject, String text) {
    @Override
    public String toString() {
        return summary.toString();
    }
}

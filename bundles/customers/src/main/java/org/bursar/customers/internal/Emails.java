package org.bursar.customers.internal;

/** E-mail addresses of contacts: identity holds those that sign in to stricter rules. */
final class Emails {
    static final int LONGEST = 254;
    private static final int LONGEST_LOCAL_PART = 64;

    private Emails() {}

    /** Whether mail could be sent there: one local part, a domain with a dot, nothing that breaks a header. */
    static boolean isOne(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && at <= LONGEST_LOCAL_PART
                && text.length() <= LONGEST
                && text.chars().noneMatch(c -> c <= ' ' || c == 0x7f || c == '<' || c == '>' || c == ',' || c == ';')
                && text.substring(0, at).indexOf('@') < 0
                && text.indexOf(':') < 0
                && Websites.isOne(text.substring(at + 1))
                && text.substring(at).indexOf('/') < 0;
    }
}

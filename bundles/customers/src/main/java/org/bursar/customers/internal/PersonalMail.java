package org.bursar.customers.internal;

import java.util.Locale;
import java.util.Set;

/** E-mail providers whose addresses are people's, not companies'. */
final class PersonalMail {
    private static final Set<String> DOMAINS = Set.of(
            "gmail.com",
            "googlemail.com",
            "yahoo.com",
            "yahoo.co.uk",
            "yahoo.fr",
            "yahoo.de",
            "yahoo.co.jp",
            "ymail.com",
            "rocketmail.com",
            "hotmail.com",
            "hotmail.co.uk",
            "hotmail.fr",
            "outlook.com",
            "live.com",
            "msn.com",
            "icloud.com",
            "me.com",
            "mac.com",
            "aol.com",
            "gmx.com",
            "gmx.de",
            "gmx.net",
            "gmx.at",
            "gmx.ch",
            "web.de",
            "t-online.de",
            "freenet.de",
            "mail.com",
            "email.com",
            "proton.me",
            "protonmail.com",
            "pm.me",
            "tutanota.com",
            "tuta.com",
            "fastmail.com",
            "hey.com",
            "zoho.com",
            "yandex.com",
            "yandex.ru",
            "mail.ru",
            "qq.com",
            "163.com",
            "126.com",
            "sina.com",
            "naver.com",
            "daum.net",
            "hanmail.net",
            "rediffmail.com",
            "libero.it",
            "virgilio.it",
            "orange.fr",
            "wanadoo.fr",
            "free.fr",
            "laposte.net",
            "sfr.fr",
            "seznam.cz",
            "wp.pl",
            "o2.pl",
            "onet.pl",
            "comcast.net",
            "verizon.net",
            "att.net",
            "sbcglobal.net",
            "btinternet.com",
            "bluewin.ch",
            "telenet.be",
            "uol.com.br",
            "bol.com.br",
            "terra.com.br");

    private PersonalMail() {}

    static boolean isPersonal(String email) {
        return DOMAINS.contains(email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
    }
}

package org.bursar.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SmtpServerTest {
    @Test
    void schemeAndSignInChooseThePort() {
        assertThat(SmtpServer.parse("smtp://relay.example"))
                .isEqualTo(new SmtpServer("relay.example", 25, false, "", ""));
        assertThat(SmtpServer.parse("smtp://u:p@relay.example"))
                .isEqualTo(new SmtpServer("relay.example", 587, false, "u", "p"));
        assertThat(SmtpServer.parse("smtps://u:p@relay.example/"))
                .isEqualTo(new SmtpServer("relay.example", 465, true, "u", "p"));
        assertThat(SmtpServer.parse("SMTP://u%40x:p%3A%2F+@[::1]:2525"))
                .isEqualTo(new SmtpServer("::1", 2525, false, "u@x", "p:/+"));
    }

    @Test
    void aUrlThatIsWrongIsRefusedWithoutShowingItsPassword() {
        for (String wrong : new String[] {
            "relay.example",
            "http://u:geheim@relay.example",
            "smtp://",
            "smtp://u:gehe im@relay",
            "smtp://u:geheim@h:99999",
            "smtp://u:geheim@h/path",
            "smtp://u:geheim@h?x=1"
        }) {
            assertThatThrownBy(() -> SmtpServer.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("smtp.url")
                    .hasMessageNotContaining("gehe")
                    .hasNoCause();
        }
        assertThat(SmtpServer.parse("smtp://u:geheim@relay.example").toString()).isEqualTo("relay.example:587");
    }

    @Test
    void thePlatformsOwnAddressIsAtTheHostThatPeopleUse() {
        assertThat(sender("https://billing.platform.example/")).isEqualTo("no-reply@billing.platform.example");
        assertThat(sender("http://127.0.0.1:8080")).isEqualTo("no-reply@localhost");
        assertThat(sender("")).isEqualTo("no-reply@localhost");
        assertThatThrownBy(() -> MailSettings.of(new TestConfig("", "not an address", "Bursar", "")))
                .hasMessageContaining("sender.address");
    }

    private static String sender(String url) {
        return MailSettings.of(new TestConfig("", "", "Bursar", url)).senderAddress();
    }
}

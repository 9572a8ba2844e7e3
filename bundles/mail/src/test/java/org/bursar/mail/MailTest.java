package org.bursar.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailTest {
    @Test
    void anAddressThatCouldBeginAnotherHeaderIsRefused() {
        for (String wrong :
                new String[] {"", " ", "a@b.example\r\nBcc: e@e.example", "a@b.example\n", "x".repeat(255)}) {
            assertThatThrownBy(() -> mail(wrong, "s")).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aSubjectIsMadeOneLineOfBoundedLength() {
        assertThat(mail("a@b.example", "Welcome to Acme\r\nBcc: e@e.example\u2028x\t")
                        .subject())
                .isEqualTo("Welcome to Acme  Bcc: e@e.example x");
        assertThat(mail("a@b.example", "漢".repeat(200)).subject()).isEqualTo("漢".repeat(200));
        assertThat(mail("a@b.example", "😀".repeat(201)).subject()).isEqualTo("😀".repeat(199) + "…");
    }

    private static Mail mail(String to, String subject) {
        return new Mail("welcome", to, subject, "text", Optional.empty());
    }
}

package org.bursar.web.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.IntStream;
import org.bursar.web.internal.Facts;
import org.junit.jupiter.api.Test;

class ManyCustomersPagesTest {
    private static Facts facts(String json) throws Exception {
        return new Facts(new ObjectMapper().readTree(json));
    }

    private static Facts customer(String email) {
        try {
            return facts("{\"email\": \"" + email + "\"}");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLetterIsForAllInBlindCopyAndNoAddressAddsAnythingElseToIt() {
        assertThat(ManyCustomersPages.letters(
                        List.of(customer("ada+b@x.example"), customer(""), customer("b&c?@x.example"))))
                .containsExactly("mailto:?bcc=ada%2Bb%40x.example,b%26c%3F%40x.example");
        assertThat(ManyCustomersPages.letters(List.of(customer("")))).isEmpty();
    }

    @Test
    void moreThanALinkHoldsAreSeveralLetters() {
        List<Facts> many = IntStream.range(0, 200)
                .mapToObj(i -> customer("somebody" + i + "@company.example"))
                .toList();
        List<String> letters = ManyCustomersPages.letters(many);
        assertThat(letters)
                .hasSizeGreaterThan(1)
                .allMatch(letter -> letter.startsWith("mailto:?bcc=somebody") && letter.length() < 2_000);
        assertThat(letters.stream().mapToInt(letter -> letter.split(",").length).sum())
                .isEqualTo(200);
    }

    @Test
    void aChangeIsPossibleWhereTheWalletCoversIt() throws Exception {
        String entries = "\"entries\": [{\"amount\": \"-12.50\"}, {\"amount\": \"2.00\"}]";
        Facts covered = facts("{\"covered\": true, " + entries + "}");
        Facts tooDear = facts("{\"covered\": false, " + entries + "}");
        assertThat(new ManyCustomersPages.Change(Facts.NONE, covered, "").possible())
                .isTrue();
        assertThat(new ManyCustomersPages.Change(Facts.NONE, covered, "").posted())
                .isEqualByComparingTo("-10.50");
        assertThat(new ManyCustomersPages.Change(Facts.NONE, tooDear, "").possible())
                .isFalse();
        assertThat(new ManyCustomersPages.Change(Facts.NONE, Facts.NONE, "It is cancelled.").possible())
                .isFalse();
        assertThat(new ManyCustomersPages.Change(Facts.NONE, Facts.NONE, "It is cancelled.").posted())
                .isZero();
    }
}

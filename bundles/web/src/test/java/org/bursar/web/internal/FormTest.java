package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormTest {
    private final Words words = new Words("en");

    private static Reply refusal(String json) throws Exception {
        return new Reply(422, new Facts(new ObjectMapper().readTree(json)), Optional.empty());
    }

    @Test
    void fieldsBecomeTheOperationsJsonAndEmptyOnesAreLeftOut() {
        Form form = Form.of(
                "companyName", " Acme ", "admin.email", "a@b.example", "admin.password", " p ", "website", "  ");
        assertThat(form.json("companyName", "admin.email", "admin.password", "website")
                        .toString())
                .isEqualTo("{\"companyName\":\"Acme\",\"admin\":{\"email\":\"a@b.example\",\"password\":\" p \"}}");
    }

    @Test
    void inAnEditAnEmptyFieldTakesAwayWhatWasThere() {
        assertThat(Form.of("name", "", "address.city", "Oslo")
                        .patch("name", "address.city")
                        .toString())
                .isEqualTo("{\"address\":{\"city\":\"Oslo\"},\"name\":null}");
    }

    @Test
    void aRefusalFindsItsFieldByTheNameOfItsPlace() throws Exception {
        Form form = Form.of("admin.email", "x")
                .refused(
                        refusal(
                                "{\"errors\":[{\"pointer\":\"/admin/email\",\"code\":\"required\",\"detail\":\"required\"}]}"),
                        words);
        assertThat(form.wrong("admin.email")).isTrue();
        assertThat(form.error("admin.email")).isEqualTo("Fill this in.");
        assertThat(form.problem()).isEmpty();
    }

    @Test
    void aRefusalOfTheWholeIsSaidAboveIt() throws Exception {
        Form form = Form.empty().refused(refusal("{\"code\":\"odd\",\"detail\":\"Not today.\"}"), words);
        assertThat(form.problem()).isEqualTo("Not today.");
    }
}

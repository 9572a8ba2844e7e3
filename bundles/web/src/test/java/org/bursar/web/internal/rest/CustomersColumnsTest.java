package org.bursar.web.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CustomersColumnsTest {
    @Test
    void whatTheCookieNamesIsShownAndWhatIsNoColumnIsLeftOut() {
        assertThat(CustomersColumns.of("plan.usage.nonsense").shown()).isEqualTo(Set.of("plan", "usage"));
        assertThat(CustomersColumns.of("plan.plan").shown()).isEqualTo(Set.of("plan"));
        assertThat(CustomersColumns.of("none").shown()).isEmpty();
    }

    @Test
    void aCookieThatNamesNoColumnIsAsIfThereWereNone() {
        CustomersColumns usual = CustomersColumns.of("");
        assertThat(usual.has("usage")).isTrue();
        assertThat(usual.has("purchases")).isFalse();
        assertThat(CustomersColumns.of("PLAN.<script>")).isEqualTo(usual);
        assertThat(CustomersColumns.ALL).containsAll(usual.shown());
    }
}

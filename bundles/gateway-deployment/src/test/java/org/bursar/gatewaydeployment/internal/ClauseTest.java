package org.bursar.gatewaydeployment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClauseTest {
    @Test
    void separatorsInsideQuotesSeparateNothing() {
        List<Clause> clauses =
                Clause.parse("a.b;c.d; version=\"[1.0,2)\" ;resolution:=optional, e ;version:Version=1;x=\"a=b;c\",,f");
        assertThat(clauses)
                .containsExactly(
                        new Clause(
                                List.of("a.b", "c.d"), Map.of("version", "[1.0,2)"), Map.of("resolution", "optional")),
                        new Clause(List.of("e"), Map.of("version", "1", "x", "a=b;c"), Map.of()),
                        new Clause(List.of("f"), Map.of(), Map.of()));
    }

    @Test
    void aHeaderThatIsNotThereHasNoClauses() {
        assertThat(Clause.parse(null)).isEmpty();
        assertThat(Clause.parse("  ")).isEmpty();
    }

    @Test
    void aQuoteThatDoesNotEndHidesNothing() {
        assertThat(Clause.parse("a;x=\"b,c").get(0).names()).containsExactly("a");
    }
}

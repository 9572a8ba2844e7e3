package org.bursar.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bursar.kernel.TenantId;
import org.junit.jupiter.api.Test;

class TokenTest {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    @Provide
    Arbitrary<TenantId> tenants() {
        return Arbitraries.longs().map(value -> new TenantId(new UUID(value, ~value)));
    }

    @Property(tries = 200)
    void aTokenTellsItsTenant(@ForAll("tenants") TenantId tenant, @ForAll Token.Kind kind) {
        Token token = Token.next(kind, tenant);
        assertThat(token.text()).hasSize(69);
        assertThat(Token.parse(token.text())).contains(token);
        assertThat(token.toString()).doesNotContain(token.text().substring(34));
    }

    @Property(tries = 500)
    void anyOneCharacterThatIsAltogetherAnotherIsNoticed(
            @ForAll("tenants") TenantId tenant, @ForAll("positions") int position, @ForAll("letters") char letter) {
        String text = Token.next(Token.Kind.API_KEY, tenant).text();
        if (text.charAt(position) != letter) {
            String altered = text.substring(0, position) + letter + text.substring(position + 1);
            assertThat(Token.parse(altered)).isEmpty();
        }
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, 68);
    }

    @Provide
    Arbitrary<Character> letters() {
        return Arbitraries.of(ALPHABET.chars().mapToObj(c -> (char) c).toList());
    }

    @Property
    void noiseIsNoToken(@ForAll String text) {
        assertThat(Token.parse(text)).isEmpty();
        assertThat(Token.parse("bsk_" + text)).isEmpty();
    }

    @Test
    void twoTokensDiffer() {
        TenantId tenant = new TenantId(new UUID(1, 2));
        assertThat(Token.next(Token.Kind.LINK, tenant).text())
                .isNotEqualTo(Token.next(Token.Kind.LINK, tenant).text());
    }
}

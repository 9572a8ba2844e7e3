package org.bursar.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxiesTest {
    private static String client(Proxies proxies, String peer, String... forwarded) {
        return proxies.client((HttpServletRequest) Proxy.newProxyInstance(
                ProxiesTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getRemoteAddr" -> peer;
                    case "getHeaders" -> Collections.enumeration(List.of(forwarded));
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }

    @Test
    void withoutProxiesTheHeaderIsNotBelieved() {
        assertThat(client(new Proxies(), "127.0.0.1", "203.0.113.9")).isEqualTo("127.0.0.1");
    }

    @Test
    void aStrangersHeaderIsNotBelieved() {
        assertThat(client(new Proxies("10.0.0.0/8"), "192.0.2.1", "203.0.113.9"))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void aProxysIsUpToTheFirstThatIsNoProxy() {
        Proxies proxies = new Proxies("10.0.0.0/8", "127.0.0.1");
        assertThat(client(proxies, "127.0.0.1", "203.0.113.9")).isEqualTo("203.0.113.9");
        // the first was sent by the client itself
        assertThat(client(proxies, "127.0.0.1", "1.2.3.4, 203.0.113.9, 10.1.2.3"))
                .isEqualTo("203.0.113.9");
        assertThat(client(proxies, "127.0.0.1", "1.2.3.4", "203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(client(proxies, "127.0.0.1", "10.9.9.9, 10.1.2.3")).isEqualTo("10.9.9.9");
    }

    @Test
    void whatIsNoAddressIsNotBelieved() {
        Proxies proxies = new Proxies("127.0.0.1");
        assertThat(client(proxies, "127.0.0.1", "unknown")).isEqualTo("127.0.0.1");
        assertThat(client(proxies, "127.0.0.1", "evil.example")).isEqualTo("127.0.0.1");
        assertThat(client(proxies, "127.0.0.1")).isEqualTo("127.0.0.1");
    }

    @Test
    void networksEndWithinAByteToo() {
        Proxies proxies = new Proxies("172.16.0.0/12", "2001:db8::/33");
        assertThat(client(proxies, "172.31.255.1", "203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(client(proxies, "172.32.0.1", "203.0.113.9")).isEqualTo("172.32.0.1");
        assertThat(client(proxies, "2001:db8:7fff::1", "203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(client(proxies, "2001:db8:8000::1", "203.0.113.9")).isEqualTo("2001:db8:8000::1");
    }
}

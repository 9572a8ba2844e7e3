package org.bursar.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.bursar.kernel.ProblemException;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadableRequestTest {
    private static final URI BASE = URI.create("http://127.0.0.1/api/v1/");

    private static ContainerRequest request(String path) {
        return new ContainerRequest(BASE, BASE.resolve(path), "GET", null, new MapPropertiesDelegate(), null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"purchases", "purchases?gateway=bank-deposit", "customers?q=%F0%9F%98%80", "customers/%C3%A9"})
    void addressesOfTextPass(String path) {
        new ReadableRequest().filter(request(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"purchases?gateway=%00", "purchases?a=1&a=x%00y", "customers/%00"})
    void anAddressWithTheCharacterZeroIsRefused(String path) {
        ContainerRequest request = request(path);
        assertThatThrownBy(() -> new ReadableRequest().filter(request)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource({"Accept, ;;;", "Accept, */*;q=x", "Accept-Language, 'a-b-c-d-é;q=x'"})
    void aHeaderThatCannotBeReadIsRefused(String name, String value) {
        ContainerRequest request = request("me");
        request.header(name, value);
        assertThatThrownBy(() -> new ReadableRequest().filter(request)).isInstanceOf(ProblemException.class);
    }

    @Test
    void oneContentTypeIsReadAsJerseyReadsIt() {
        assertThat(ReadableRequest.contentType(with())).isTrue();
        assertThat(ReadableRequest.contentType(with("application/json; charset=utf-8")))
                .isTrue();
        assertThat(ReadableRequest.contentType(with("garbage"))).isFalse();
        assertThat(ReadableRequest.contentType(with("application/"))).isFalse();
        assertThat(ReadableRequest.contentType(with("application/json", "text/csv")))
                .isFalse();
    }

    /** Of a request nothing but the headers is asked for. */
    private static HttpServletRequest with(String... headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                ReadableRequestTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> Collections.enumeration(List.of(headers)));
    }
}

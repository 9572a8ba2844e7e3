package org.bursar.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.bursar.rest.Operations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private final Registry registry = new Registry();
    private final Requests requests = new Requests(registry);

    @AfterEach
    void close() {
        registry.close();
    }

    private static HttpServletRequest request(String path, String operation) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                RequestsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, args) -> {
                    return switch (method.getName()) {
                        case "getAttribute" -> args[0].equals(Operations.ATTRIBUTE) ? operation : null;
                        case "getRequestURI" -> path;
                        case "isAsyncStarted" -> false;
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private static HttpServletResponse response(int status) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                RequestsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, args) -> method.getName().equals("getStatus") ? status : null);
    }

    private String text() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        registry.write(out, "text/plain; version=0.0.4; charset=utf-8");
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void requestsAreCountedByTheirTemplateAndNeverByTheirPath() throws Exception {
        for (int i = 0; i < 3; i++) {
            requests.doFilter(
                    request("/api/v1/customers/cus_" + i, "GET /customers/{id}"), response(200), (in, out) -> {});
        }
        for (int i = 0; i < 500; i++) {
            requests.doFilter(request("/wp-admin/" + i, null), response(404), (in, out) -> {});
        }
        assertThat(text())
                .contains("bursar_http_requests_seconds_count{operation=\"GET /customers/{id}\",status=\"2xx\"} 3")
                .contains("bursar_http_requests_seconds_count{operation=\"other\",status=\"4xx\"} 500")
                .doesNotContain("cus_")
                .doesNotContain("wp-admin");
    }

    @Test
    void oneThatIsBeingAnsweredIsInFlightAndOneThatThrewIsAFault() throws Exception {
        requests.doFilter(
                request("/x", null),
                response(200),
                (in, out) -> assertThat(text()).contains("bursar_http_requests_in_flight 1.0"));
        assertThatThrownBy(() -> requests.doFilter(request("/x", null), response(200), (in, out) -> {
                    throw new IOException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(text())
                .contains("bursar_http_requests_in_flight 0.0")
                .contains("bursar_http_requests_seconds_count{operation=\"other\",status=\"5xx\"} 1");
    }
}

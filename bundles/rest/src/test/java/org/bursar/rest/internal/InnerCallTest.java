package org.bursar.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.bursar.rest.InnerCalls.Question;
import org.junit.jupiter.api.Test;

class InnerCallTest {
    private static final byte[] NOTHING = new byte[0];

    /** A page's own request, with what of it must not reach the operation. */
    private static HttpServletRequest page() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                InnerCallTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, all) -> {
                    return switch (method.getName()) {
                        case "getRequestURL" -> new StringBuffer("http://acme.example:8080/customers/new");
                        case "getRequestURI" -> "/customers/new";
                        case "getMethod" -> "POST";
                        case "getQueryString" -> "q=page";
                        case "getRemoteAddr" -> "192.0.2.7";
                        case "getHeader" -> "a header of the page";
                        case "getAttribute" -> all[0].equals("facts") ? "of the page" : null;
                        default -> null;
                    };
                });
    }

    private static InnerRequest call(String method, String path, Map<String, String> headers, byte[] body) {
        return new InnerRequest(page(), new Question(method, path, headers, body), ServedCalls.top(path));
    }

    @Test
    void theAddressIsTheOperations() {
        InnerRequest call = call("GET", "/customers/cus_1/x%2Fy?limit=12&q=a%26b", Map.of(), NOTHING);
        assertThat(call.getMethod()).isEqualTo("GET");
        assertThat(call.getRequestURI()).isEqualTo("/api/v1/customers/cus_1/x%2Fy");
        assertThat(call.getRequestURL()).hasToString("http://acme.example:8080/api/v1/customers/cus_1/x%2Fy");
        assertThat(call.getContextPath() + call.getServletPath() + call.getPathInfo())
                .isEqualTo(call.getRequestURI());
        assertThat(call.getQueryString()).isEqualTo("limit=12&q=a%26b");
        assertThat(call.getRemoteAddr()).isEqualTo("192.0.2.7");
        assertThat(call("GET", "/me", Map.of(), NOTHING).getPathInfo()).isNull();
    }

    @Test
    void noHeaderOfThePageReachesTheOperation() {
        InnerRequest call =
                call("POST", "/users", Map.of("Authorization", "Bearer x"), "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(call.getHeader("authorization")).isEqualTo("Bearer x");
        assertThat(call.getHeader("If-Match")).isNull();
        assertThat(call.getCookies()).isNull();
        assertThat(Collections.list(call.getHeaderNames())).containsExactly("Accept", "Authorization", "Content-Type");
        assertThat(call.getContentType()).isEqualTo("application/json");
    }

    @Test
    void theBodyIsTheOperations() throws IOException {
        InnerRequest call = call("POST", "/users", Map.of(), "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(call.getInputStream().readAllBytes()).hasSize(7);
        assertThat(call.getContentLengthLong()).isEqualTo(7);
        assertThat(call.getParameterMap()).isEmpty();
    }

    @Test
    void whatIsAttachedToTheCallStaysInIt() {
        InnerRequest call = call("GET", "/me", Map.of(), NOTHING);
        assertThat(call.getAttribute("facts")).isEqualTo("of the page");
        call.setAttribute("facts", "of the call");
        assertThat(call.getAttribute("facts")).isEqualTo("of the call");
        assertThat(call("GET", "/me", Map.of(), NOTHING).getAttribute("facts")).isEqualTo("of the page");
        call.removeAttribute("facts");
        assertThat(call.getAttribute("facts")).isNull();
    }

    @Test
    void whatTheOperationAnswersIsKeptForThePage() throws IOException {
        InnerResponse response = new InnerResponse();
        response.setStatus(201);
        response.setHeader("ETag", "\"7\"");
        response.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(response.answer().status()).isEqualTo(201);
        assertThat(response.answer().tag()).isEqualTo(Optional.of("\"7\""));
        assertThat(response.answer().body()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
        assertThatThrownBy(() -> response.addCookie(null)).isInstanceOf(IllegalStateException.class);
    }
}

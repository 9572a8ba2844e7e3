package org.bursar.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplacedTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int status;
    private int error;

    /** The container's own: every error passes it as one with a message, whether it has one or not. */
    private static final class Container extends HttpServletResponseWrapper {
        Container(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendError(int status) throws IOException {
            sendError(status, null);
        }
    }

    private HttpServletResponse answer(@Nullable Exception thrown) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                ReplacedTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, args) ->
                        called.getName().equals("getAttribute") && args[0].equals(RequestDispatcher.ERROR_EXCEPTION)
                                ? thrown
                                : null);
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                ReplacedTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, called, args) -> switch (called.getName()) {
                    case "setStatus" -> {
                        status = (int) args[0];
                        yield null;
                    }
                    case "sendError" -> {
                        error = (int) args[0];
                        yield null;
                    }
                    case "getOutputStream" -> new Written();
                    case "isCommitted" -> false;
                    default -> null;
                });
        return new Replaced(request, response);
    }

    private final class Written extends ServletOutputStream {
        @Override
        public void write(int b) {
            written.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aServletThatWentBeforeItWasCalledIs503() throws Exception {
        ServletException went = new ServletException("Servlet has been unregistered");
        for (HttpServletResponse response : new HttpServletResponse[] {answer(went), new Container(answer(went))}) {
            status = 0;
            written.reset();
            response.sendError(500);
            assertThat(status).isEqualTo(503);
            assertThat(written.toString(StandardCharsets.UTF_8)).contains("\"code\":\"unavailable\"");
            assertThat(error).isZero();
        }
    }

    @Test
    void anyOtherErrorStaysWhatItIs() throws Exception {
        new Container(answer(new ServletException("broken"))).sendError(500);
        assertThat(error).isEqualTo(500);
        answer(null).sendError(404);
        assertThat(error).isEqualTo(404);
        assertThat(status).isZero();
    }
}

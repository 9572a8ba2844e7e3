package org.bursar.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StartupTest {
    private final List<String> sent = new ArrayList<>();
    private final Startup startup = new Startup(usual());

    private static RestConfig usual() {
        return (RestConfig) Proxy.newProxyInstance(
                RestConfig.class.getClassLoader(),
                new Class<?>[] {RestConfig.class},
                (proxy, method, arguments) -> Objects.requireNonNull(method.getDefaultValue()));
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HttpServletResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    sent.add(method.getName() + " " + arguments[0]);
                    return null;
                });
    }

    private void error(int status) throws IOException {
        HttpServletResponse patient = startup.patient(
                response(),
                (response, problem) -> sent.add("refuse " + problem.code().status()));
        patient.sendError(status);
        patient.sendError(status, "text");
    }

    @Test
    void aPathThatNobodyServesYetIsLateAndNotMissing() throws IOException {
        assertThat(startup.over()).isFalse();
        error(404);
        assertThat(sent).containsExactly("refuse 503", "refuse 503");
    }

    @Test
    void otherRefusalsOfTheContainerStayWhatTheyAre() throws IOException {
        error(413);
        assertThat(sent).containsExactly("sendError 413", "sendError 413");
    }

    @Test
    void theFirstRequestsWaitForTheGateAndForWhatComesAfterIt() throws InterruptedException {
        Thread request = new Thread(startup::awaitGate);
        request.start();
        startup.gateStands();
        request.join(100);
        assertThat(request.isAlive()).isTrue();
        startup.lastStands();
        request.join();
        assertThat(request.isAlive()).isFalse();
    }
}

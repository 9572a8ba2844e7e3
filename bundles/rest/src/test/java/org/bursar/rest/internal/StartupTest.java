package org.bursar.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.dto.RuntimeDTO;
import org.osgi.service.servlet.runtime.dto.ServletContextDTO;
import org.osgi.service.servlet.runtime.dto.ServletDTO;

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
    void theStartIsOverWhenTheContainerHasTakenUpEveryRequiredCapability() {
        List<String> required = new ArrayList<>(List.of(usual().required()));
        String last = required.remove(0);
        RuntimeDTO served = new RuntimeDTO();
        startup.runtime = (HttpServiceRuntime) Proxy.newProxyInstance(
                HttpServiceRuntime.class.getClassLoader(),
                new Class<?>[] {HttpServiceRuntime.class},
                (proxy, method, arguments) -> served);
        served.servletContextDTOs = contexts(required);
        assertThat(startup.over()).isFalse();
        required.add(last);
        served.servletContextDTOs = contexts(required);
        assertThat(startup.over()).isTrue();
        served.servletContextDTOs = contexts(List.of());
        assertThat(startup.over()).as("what goes later is 404").isTrue();
    }

    private static ServletContextDTO[] contexts(List<String> names) {
        ServletContextDTO context = new ServletContextDTO();
        context.servletDTOs = names.stream()
                .map(name -> {
                    ServletDTO servlet = new ServletDTO();
                    servlet.name = "org.bursar." + name;
                    return servlet;
                })
                .toArray(ServletDTO[]::new);
        return new ServletContextDTO[] {context};
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

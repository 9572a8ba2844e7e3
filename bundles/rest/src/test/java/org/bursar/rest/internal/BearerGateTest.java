package org.bursar.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.bursar.database.DatabaseException;
import org.bursar.kernel.Actor;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Authenticator;
import org.bursar.rest.Caller;
import org.junit.jupiter.api.Test;

class BearerGateTest {
    private final BearerGate gate = new BearerGate();
    private int status;

    private boolean admits(String method, String header) throws Exception {
        status = 200;
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                BearerGateTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, args) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getHeader" -> header;
                    default -> null;
                });
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                BearerGateTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, called, args) -> switch (called.getName()) {
                    case "setStatus" -> {
                        status = (int) args[0];
                        yield null;
                    }
                    case "getOutputStream" -> new Nowhere();
                    case "isCommitted" -> false;
                    default -> null;
                });
        return gate.admits(request, response, "metrics:read");
    }

    private static Authenticator answering(Set<String> permissions, boolean platform) {
        return (token, wanted) -> token.equals("good")
                ? Optional.of(new Caller(
                        new Actor(Actor.Kind.API_KEY, "key_1", "prometheus"),
                        Optional.<TenantId>empty(),
                        Optional.empty(),
                        permissions,
                        platform,
                        Optional.empty()))
                : Optional.empty();
    }

    private static Authenticator away() {
        return (token, wanted) -> {
            throw new DatabaseException(new SQLException("away", "08006"), null);
        };
    }

    @Test
    void onlyAPlatformsBearerWithThePermissionIsAdmitted() throws Exception {
        gate.authenticator = answering(Set.of("metrics:read"), true);
        assertThat(admits("GET", "Bearer good")).isTrue();
        assertThat(admits("GET", "bearer  good")).isTrue();
        assertThat(admits("GET", null)).isFalse();
        assertThat(status).isEqualTo(401);
        assertThat(admits("GET", "Basic good")).isFalse();
        assertThat(status).isEqualTo(401);
        assertThat(admits("GET", "Bearer bad")).isFalse();
        assertThat(status).isEqualTo(401);
        assertThat(admits("POST", "Bearer good")).isFalse();
        assertThat(status).isEqualTo(405);
        gate.authenticator = answering(Set.of("tenants:read"), true);
        assertThat(admits("GET", "Bearer good")).isFalse();
        assertThat(status).isEqualTo(403);
        gate.authenticator = answering(Set.of("*"), false);
        assertThat(admits("GET", "Bearer good")).isFalse();
        assertThat(status).isEqualTo(403);
    }

    @Test
    void whoWasAdmittedBeforeIsAdmittedWhileTheDatabaseIsAway() throws Exception {
        gate.authenticator = away();
        assertThat(admits("GET", "Bearer good")).isFalse();
        assertThat(status).isEqualTo(503);
        gate.authenticator = answering(Set.of("*"), true);
        assertThat(admits("GET", "Bearer good")).isTrue();
        gate.authenticator = away();
        assertThat(admits("GET", "Bearer good")).isTrue();
        assertThat(admits("GET", "Bearer other")).isFalse();
        gate.authenticator = null;
        assertThat(admits("GET", "Bearer good")).isTrue();
    }

    @Test
    void whoWasTurnedAwaySinceIsNotRemembered() throws Exception {
        gate.authenticator = answering(Set.of("*"), true);
        assertThat(admits("GET", "Bearer good")).isTrue();
        gate.authenticator = (token, wanted) -> Optional.empty();
        assertThat(admits("GET", "Bearer good")).isFalse();
        gate.authenticator = away();
        assertThat(admits("GET", "Bearer good")).isFalse();
        assertThat(status).isEqualTo(503);
    }

    /** Takes what is written. */
    private static final class Nowhere extends ServletOutputStream {
        @Override
        public void write(int b) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    }
}

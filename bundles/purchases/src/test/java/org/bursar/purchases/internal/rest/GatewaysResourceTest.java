package org.bursar.purchases.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.purchases.GatewayInstances;
import org.bursar.purchases.Gateways;
import org.bursar.rest.Call;
import org.bursar.rest.Caller;
import org.junit.jupiter.api.Test;

/** Who may list the gateways of the platform. */
class GatewaysResourceTest {
    private final List<Page<?>> listed = new ArrayList<>();
    private final GatewaysResource resource = new GatewaysResource(
            fake(Gateways.class, (method, arguments) -> {
                assertThat(method).isEqualTo("bundles");
                return List.of();
            }),
            fake(GatewayInstances.class, (method, arguments) -> Optional.empty()));

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    private Call call(boolean platformAdmin, String... permissions) {
        Caller caller = new Caller(
                new Actor(Actor.Kind.API_KEY, "key_1", "monitoring"),
                Optional.empty(),
                Optional.empty(),
                Set.of(permissions),
                platformAdmin,
                Optional.empty());
        return fake(Call.class, (method, arguments) -> {
            if (method.equals("caller")) {
                return caller;
            }
            if (method.equals("page")) {
                return Page.Request.first();
            }
            assertThat(method).isEqualTo("list");
            listed.add((Page<?>) arguments[0]);
            return fake();
        });
    }

    /** No JAX-RS is there to make an answer; which one it is does not matter here. */
    @SuppressWarnings("NullAway")
    private static Response fake() {
        return null;
    }

    private int refusal(Call call) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> resource.list(call));
        assertThat(refused).as("a refusal").isNotNull();
        return refused.problem().code().status();
    }

    @Test
    void aPlatformKeyThatMayOnlyReadMetricsSeesNoGateways() {
        assertThat(refusal(call(true, "metrics:read"))).isEqualTo(403);
        assertThat(listed).isEmpty();
    }

    @Test
    void aPlatformAdminSeesTheBundlesThatOfferGateways() {
        resource.list(call(true, "*"));
        resource.list(call(true, "gateways:read"));
        assertThat(listed).hasSize(2);
    }

    @Test
    void oneWhoIsNotOfThePlatformNamesATenant() {
        assertThat(refusal(call(false, "*"))).isNotEqualTo(403);
        assertThat(listed).isEmpty();
    }
}

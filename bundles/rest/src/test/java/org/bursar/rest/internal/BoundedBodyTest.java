package org.bursar.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.junit.jupiter.api.Test;

/** Bodies within their limit and, all together, within the budget. */
class BoundedBodyTest {
    private static final int LIMIT = 1 << 20;

    private final BodyBudget budget = new BodyBudget();

    /** A request that has attributes and nothing else. */
    private static ServletRequest request() {
        Map<Object, Object> attributes = new HashMap<>();
        return (ServletRequest) Proxy.newProxyInstance(
                BoundedBodyTest.class.getClassLoader(),
                new Class<?>[] {ServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                    case "getAttribute" -> attributes.get(arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private int read(ServletRequest request, int bytes, long announced) throws IOException {
        try (BoundedBody body = BoundedBody.of(
                request::setAttribute, new ByteArrayInputStream(new byte[bytes]), LIMIT, announced, budget)) {
            return body.readAllBytes().length;
        }
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedWhateverItAnnounced() {
        assertThatThrownBy(() -> read(request(), 1, LIMIT + 1L)).satisfies(e -> code(e, "too_large"));
        assertThatThrownBy(() -> read(request(), LIMIT + 1, -1)).satisfies(e -> code(e, "too_large"));
        assertThatThrownBy(() -> read(request(), LIMIT + 1, 10)).satisfies(e -> code(e, "too_large"));
    }

    @Test
    void largeBodiesWaitForRoomAndGiveItBackWhenTheirRequestsEnd() throws IOException {
        List<ServletRequest> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ServletRequest request = request();
            assertThat(read(request, LIMIT, LIMIT)).isEqualTo(LIMIT);
            running.add(request);
        }
        ServletRequest refused = request();
        assertThatThrownBy(() -> read(refused, LIMIT, LIMIT)).satisfies(e -> code(e, Problems.UNAVAILABLE.code()));
        assertThat(read(request(), BodyBudget.SMALL_BYTES, -1)).isEqualTo(BodyBudget.SMALL_BYTES);
        BoundedBody.end(refused);
        running.forEach(BoundedBody::end);
        running.forEach(BoundedBody::end);
        // as much as before and no more
        for (int i = 0; i < 8; i++) {
            assertThat(read(request(), LIMIT, -1)).isEqualTo(LIMIT);
        }
        assertThatThrownBy(() -> read(request(), LIMIT, -1)).satisfies(e -> code(e, Problems.UNAVAILABLE.code()));
    }

    private static void code(Throwable thrown, String code) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().code().code()).isEqualTo(code));
    }
}

package org.bursar.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

class WhiteboardTest {
    private final Whiteboard<String> whiteboard = new Whiteboard<>();

    @Test
    void aServiceIsFetchedOnceAndForgottenWhenItGoes() {
        CountDownLatch fetches = new CountDownLatch(1);
        ComponentServiceObjects<String> service = service(() -> {
            fetches.countDown();
            return "rule";
        });
        whiteboard.add(service);
        assertThat(fetches.getCount()).isOne();

        assertThat(whiteboard.present()).containsExactly("rule");
        whiteboard.remove(service);
        assertThat(whiteboard.present()).isEmpty();
    }

    @Test
    void oneThatCannotStartIsNotThereAndIsAskedAgain() {
        List<@Nullable String> answers = new java.util.ArrayList<>(java.util.Arrays.asList(null, "rule"));
        whiteboard.add(service(() -> answers.remove(0)));

        assertThat(whiteboard.present()).isEmpty();
        assertThat(whiteboard.present()).containsExactly("rule");
    }

    @Test
    void oneThatIsGoneAlreadyIsNotThere() {
        whiteboard.add(service(() -> {
            throw new IllegalStateException("unregistered");
        }));

        assertThat(whiteboard.present()).isEmpty();
    }

    @Test
    void aServiceGoesWithoutWaitingForItsStart() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        ComponentServiceObjects<String> service = service(() -> {
            starting.countDown();
            await(gone);
            return "rule";
        });
        whiteboard.add(service);
        CompletableFuture<List<String>> asked = CompletableFuture.supplyAsync(whiteboard::present);
        await(starting);

        // the thread that stops the component comes here while the other one starts it
        CompletableFuture.runAsync(() -> whiteboard.remove(service)).get(20, TimeUnit.SECONDS);
        gone.countDown();

        asked.get(20, TimeUnit.SECONDS);
        assertThat(whiteboard.present()).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ComponentServiceObjects<String> service(Supplier<@Nullable String> fetch) {
        return new ComponentServiceObjects<>() {
            @Override
            @SuppressWarnings("NullAway") // a component that cannot start is null to who asks for it
            public @Nullable String getService() {
                return fetch.get();
            }

            @Override
            public void ungetService(String service) {
                throw new UnsupportedOperationException();
            }

            @Override
            public ServiceReference<String> getServiceReference() {
                throw new UnsupportedOperationException();
            }
        };
    }
}

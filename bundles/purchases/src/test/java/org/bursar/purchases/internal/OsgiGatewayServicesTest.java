package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.bursar.payments.spi.PaymentGateway;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

class OsgiGatewayServicesTest {
    private static final String IMPORT =
            "java.util,org.bursar.payments.spi;version=\"[1.0,2)\",org.other;version=\"[3,4)\"";

    private final List<Entry> entries = new ArrayList<>();
    private final List<String> filters = new ArrayList<>();
    private int released;

    private record Entry(ServiceReference<?> reference, PaymentGateway gateway) {}

    private final OsgiGatewayServices services = new OsgiGatewayServices(context());

    @Test
    void ofTwoThatClaimOneIdTheFirstStaysWhateverTheOthersRanking() {
        PaymentGateway second = register("card", 9, 1_000);
        PaymentGateway first = register("card", 3, 0);

        try (GatewayServices.Lease lease = services.lease("card").orElseThrow()) {
            assertThat(lease.gateway()).isSameAs(first).isNotSameAs(second);
            assertThat(lease.serviceId()).isEqualTo(3);
        }
        assertThat(released).isEqualTo(1);
        assertThat(services.registered())
                .containsExactly(new GatewayServices.Registered("card", 3, "test.card", "1.2.3", "[1.0,2)"));
    }

    @Test
    void anIdThatIsNoneNeverBecomesAFilter() {
        register("card", 1, 0);
        for (String id : List.of("*", "card)(x=*", "Card", "", "c", "card ", "-card", "c".repeat(61))) {
            assertThat(services.lease(id)).isEmpty();
            assertThat(services.present(id)).isFalse();
        }
        assertThat(filters).isEmpty();
        assertThat(services.present("card")).isTrue();
    }

    private PaymentGateway register(String id, long serviceId, int ranking) {
        PaymentGateway gateway = new ScriptedGateway(id);
        Map<String, Object> properties = Map.of(
                PaymentGateway.ID_PROPERTY, id, Constants.SERVICE_ID, serviceId, Constants.SERVICE_RANKING, ranking);
        Dictionary<String, String> headers = new Hashtable<>(Map.of(Constants.IMPORT_PACKAGE, IMPORT));
        Bundle bundle = proxy(Bundle.class, (name, arguments) -> switch (name) {
            case "getHeaders" -> headers;
            case "getSymbolicName" -> "test." + id;
            case "getVersion" -> new Version(1, 2, 3);
            default -> throw new UnsupportedOperationException(name);
        });
        ServiceReference<?> reference = proxy(ServiceReference.class, (name, arguments) -> switch (name) {
            case "getProperty" -> properties.get(arguments[0]);
            case "getBundle" -> bundle;
            default -> throw new UnsupportedOperationException(name);
        });
        entries.add(new Entry(reference, gateway));
        return gateway;
    }

    private BundleContext context() {
        return proxy(BundleContext.class, (name, arguments) -> switch (name) {
            case "getServiceReferences" -> {
                if (arguments[1] != null) {
                    filters.add((String) arguments[1]);
                }
                yield entries.stream()
                        .map(Entry::reference)
                        .filter(reference -> arguments[1] == null
                                || arguments[1].equals("(" + PaymentGateway.ID_PROPERTY + "="
                                        + reference.getProperty(PaymentGateway.ID_PROPERTY) + ")"))
                        .toList();
            }
            case "getService" ->
                entries.stream()
                        .filter(entry -> entry.reference() == arguments[0])
                        .findFirst()
                        .orElseThrow()
                        .gateway();
            case "ungetService" -> {
                released++;
                yield true;
            }
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> answer.to(method.getName(), arguments);
                }));
    }
}

package org.bursar.purchases.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bursar.payments.spi.PaymentGateway;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Gateways from the service registry, looked up for each call. */
@Component(service = GatewayServices.class)
public final class OsgiGatewayServices implements GatewayServices {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,59}");
    private static final Pattern SPI_RANGE =
            Pattern.compile(Pattern.quote(PaymentGateway.class.getPackageName()) + ";version=\"([^\"]*)\"");
    private static final Comparator<ServiceReference<PaymentGateway>> FIRST_COME =
            Comparator.comparingLong(OsgiGatewayServices::serviceId);

    private final BundleContext context;

    @Activate
    public OsgiGatewayServices(BundleContext context) {
        this.context = context;
    }

    @Override
    public Optional<Lease> lease(String id) {
        // not by ranking: a bundle that comes later must not take another's payments over
        return ofId(id).stream().min(FIRST_COME).flatMap(this::open);
    }

    @Override
    public boolean present(String id) {
        return !ofId(id).isEmpty();
    }

    private Collection<ServiceReference<PaymentGateway>> ofId(String id) {
        return ID.matcher(id).matches() ? references("(" + PaymentGateway.ID_PROPERTY + "=" + id + ")") : List.of();
    }

    private Optional<Lease> open(ServiceReference<PaymentGateway> reference) {
        PaymentGateway gateway = context.getService(reference);
        return gateway == null ? Optional.empty() : Optional.of(new OpenLease(context, reference, gateway));
    }

    @Override
    public List<Registered> registered() {
        Map<String, Registered> found = new TreeMap<>();
        references(null).stream().sorted(FIRST_COME).forEach(reference -> {
            Bundle bundle = reference.getBundle();
            if (bundle != null
                    && reference.getProperty(PaymentGateway.ID_PROPERTY) instanceof String id
                    && ID.matcher(id).matches()) {
                found.putIfAbsent(id, registered(id, reference, bundle));
            }
        });
        return List.copyOf(found.values());
    }

    private static Registered registered(String id, ServiceReference<PaymentGateway> reference, Bundle bundle) {
        String imports = bundle.getHeaders("").get(Constants.IMPORT_PACKAGE);
        Matcher range = SPI_RANGE.matcher(imports == null ? "" : imports);
        return new Registered(
                id,
                serviceId(reference),
                String.valueOf(bundle.getSymbolicName()),
                bundle.getVersion().toString(),
                range.find() ? String.valueOf(range.group(1)) : "");
    }

    private Collection<ServiceReference<PaymentGateway>> references(@Nullable String filter) {
        try {
            return context.getServiceReferences(PaymentGateway.class, filter);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static long serviceId(ServiceReference<PaymentGateway> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }

    private record OpenLease(BundleContext context, ServiceReference<PaymentGateway> reference, PaymentGateway gateway)
            implements Lease {
        @Override
        public long serviceId() {
            return OsgiGatewayServices.serviceId(reference);
        }

        @Override
        public void close() {
            context.ungetService(reference);
        }
    }
}

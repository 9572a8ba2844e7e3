package org.bursar.purchases.internal;

import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.bursar.payments.spi.Cancellable;
import org.bursar.payments.spi.CustomerPortal;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.ManualDecision;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.Refunds;
import org.bursar.payments.spi.SavedMethods;
import org.bursar.payments.spi.SubscriptionControl;
import org.bursar.payments.spi.WebhookRegistration;
import org.bursar.purchases.internal.GatewayServices.Registered;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the gateways that are registered say of themselves: asked once for each registration, since it never changes. */
@Component(service = GatewayDirectory.class)
public final class GatewayDirectory {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final GatewayServices services;
    private final GatewayCalls calls;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();

    @Activate
    public GatewayDirectory(@Reference GatewayServices services, @Reference GatewayCalls calls) {
        this.services = services;
        this.calls = calls;
    }

    /** What a gateway says of itself. */
    record Known(
            GatewayDescriptor descriptor,
            boolean manual,
            boolean refunds,
            boolean savesMethods,
            boolean cancellable,
            boolean portal,
            boolean collectsPlans,
            @Nullable Integer monthDays,
            @Nullable Integer yearDays,
            boolean registersWebhooks) {}

    /** Every registration by id, with what it says of itself; empty when it does not even tell that. */
    Map<Registered, Optional<Known>> all() {
        Map<Registered, Optional<Known>> all = new LinkedHashMap<>();
        services.registered().forEach(registered -> all.put(registered, ask(registered)));
        known.keySet()
                .retainAll(all.keySet().stream().map(Registered::serviceId).collect(Collectors.toSet()));
        return all;
    }

    /** Since when a gateway is being replaced; empty when it is not. */
    Optional<Instant> pausedSince(String id) {
        return calls.pausedSince(id);
    }

    /** One registration. */
    Optional<Registered> registered(String id) {
        return services.registered().stream()
                .filter(registered -> registered.id().equals(id))
                .findFirst();
    }

    /** What one gateway says of itself; empty when it is absent or does not tell. */
    Optional<Known> find(String id) {
        return registered(id).flatMap(this::ask);
    }

    /** What a registration says of itself. */
    Optional<Known> ask(Registered registered) {
        Known before = known.get(registered.serviceId());
        if (before != null) {
            return Optional.of(before);
        }
        GatewayOutcome<Known> outcome = calls.call(registered.id(), PATIENCE, (gateway, deadline) -> {
            GatewayDescriptor descriptor = gateway.descriptor();
            return descriptor == null || !descriptor.id().equals(registered.id())
                    ? null
                    : new Known(
                            descriptor,
                            gateway instanceof ManualDecision,
                            gateway instanceof Refunds,
                            gateway instanceof SavedMethods,
                            gateway instanceof Cancellable,
                            gateway instanceof CustomerPortal,
                            descriptor.features().contains(GatewayDescriptor.Feature.SUBSCRIPTION)
                                    && showsPeriods(gateway),
                            days(gateway, Period.ofMonths(1)),
                            days(gateway, Period.ofYears(1)),
                            gateway instanceof WebhookRegistration);
        });
        if (outcome instanceof GatewayOutcome.Answered<Known> answered) {
            known.put(registered.serviceId(), answered.value());
            return Optional.of(answered.value());
        }
        return Optional.empty();
    }

    /** How many days its provider counts for a cycle; null when it counts months and years. */
    private static @Nullable Integer days(PaymentGateway gateway, Period cycle) {
        if (!(gateway instanceof SubscriptionControl control)) {
            return null;
        }
        Period apart = control.charges(cycle);
        return apart.toTotalMonths() == 0 ? Math.toIntExact(apart.get(ChronoUnit.DAYS)) : null;
    }

    /**
     * Whether it shows what its provider charges after the first period. A gateway of before 1.1 of the SPI has the interface but
     * not the question, whose default refuses: its later periods would fill no wallet, so plans are not taken through it.
     */
    private static boolean showsPeriods(PaymentGateway gateway) {
        if (!(gateway instanceof SubscriptionControl)) {
            return false;
        }
        try {
            Method asked = gateway.getClass().getMethod("subscription", GatewayContext.class, PaymentRef.class);
            return asked.getDeclaringClass() != SubscriptionControl.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}

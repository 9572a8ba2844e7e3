package org.bursar.purchases.internal;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.bursar.payments.spi.Cancellable;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.DeclineCode;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.PaymentSnapshot.RefundStatus;
import org.bursar.payments.spi.Refunds;
import org.bursar.payments.spi.SavedMethodRef;
import org.bursar.payments.spi.SavedMethods;

/** A provider that keeps payments, refunds, disputes and methods, knows keys again, and fails as a test says. */
class FakeProvider extends ScriptedGateway implements Refunds, SavedMethods, Cancellable {
    static final SavedMethodRef METHOD = SavedMethodRef.of("cus_1", "pm_1");

    /** One payment at the provider. */
    static final class Payment {
        volatile Phase phase = Phase.OPEN;
        volatile long captured;
        volatile Optional<Decline> decline = Optional.empty();
        volatile boolean saved;
        final List<PaymentSnapshot.Refund> refunds = new CopyOnWriteArrayList<>();
        final List<PaymentSnapshot.Dispute> disputes = new CopyOnWriteArrayList<>();
    }

    /** What goes wrong with one call. */
    enum Fault {
        NONE,
        NOT_EXECUTED,
        /** It is done, and the answer is lost. */
        ANSWER_LOST,
        /** Nothing is done, and nobody knows. */
        REQUEST_LOST,
        REFUSED
    }

    final Map<String, Payment> payments = new ConcurrentHashMap<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    final List<String> charges = new CopyOnWriteArrayList<>();
    private final Map<String, OperationResult> remembered = new ConcurrentHashMap<>();
    volatile Fault fault = Fault.NONE;
    volatile RefundStatus refundsAre = RefundStatus.SUCCEEDED;
    volatile Optional<Decline> declines = Optional.empty();
    /** Told of each charge as it is made. */
    volatile Consumer<String> onCharge = purchase -> {};

    /** Whether a payment that was refused waits at the provider and does not tell why. */
    volatile boolean declinesStayOpen;

    FakeProvider(String id) {
        super(id);
        start = (context, request) -> {
            payments.computeIfAbsent(request.purchaseId(), key -> new Payment());
            return CheckoutStart.redirect(
                    PaymentRef.of("session", "cs_" + request.purchaseId()),
                    URI.create("https://pay.example/" + request.purchaseId()),
                    context.clock().instant().plus(Duration.ofDays(1)));
        };
        show = (context, ref) -> shown(ref);
    }

    void reset() {
        fault = Fault.NONE;
        refundsAre = RefundStatus.SUCCEEDED;
        declines = Optional.empty();
        declinesStayOpen = false;
        onCharge = purchase -> {};
        keys.clear();
        charges.clear();
    }

    Payment payment(Object purchase) {
        return payments.get(purchase.toString());
    }

    void pays(Object purchase, long minor) {
        Payment payment = payment(purchase);
        payment.captured = minor;
        payment.phase = Phase.CAPTURED;
    }

    @Override
    public GatewayDescriptor descriptor() {
        return GatewayDescriptor.builder(super.descriptor().id(), "Provider")
                .features(GatewayDescriptor.Feature.PARTIAL_REFUND)
                .build();
    }

    @Override
    public CheckoutStart startCheckout(GatewayContext context, CheckoutRequest request) throws GatewayException {
        CheckoutStart started = super.startCheckout(context, request);
        payment(request.purchaseId()).saved = request.saveMethod();
        return started;
    }

    private PaymentSnapshot shown(PaymentRef ref) throws GatewayException {
        Payment payment = payments.get(ref.id().substring("cs_".length()));
        if (payment == null) {
            throw new GatewayException(Kind.NOT_FOUND, "no such payment");
        }
        PaymentSnapshot shown = snapshot(ref, payment.phase, payment.captured)
                .withRefunds(List.copyOf(payment.refunds))
                .withDisputes(List.copyOf(payment.disputes));
        shown = payment.decline.isPresent() ? shown.withLastDecline(payment.decline.get()) : shown;
        return payment.saved && payment.captured > 0 ? shown.withSavedMethod(METHOD) : shown;
    }

    /** A call that does something, once for a key. */
    private interface Effect {
        OperationResult happen() throws GatewayException;
    }

    private OperationResult once(IdempotencyKey key, Effect effect) throws GatewayException {
        keys.add(key.value());
        if (fault == Fault.NOT_EXECUTED) {
            throw new GatewayException(Kind.NOT_EXECUTED, "connection refused");
        }
        if (fault == Fault.REQUEST_LOST) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "read timed out");
        }
        if (fault == Fault.REFUSED) {
            throw new GatewayException(Kind.INVALID_REQUEST, "refused");
        }
        OperationResult result;
        synchronized (remembered) {
            OperationResult before = remembered.get(key.value());
            result = before == null ? effect.happen() : before;
            remembered.put(key.value(), result);
        }
        if (fault == Fault.ANSWER_LOST) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "read timed out");
        }
        return result;
    }

    @Override
    public OperationResult refund(
            GatewayContext context, PaymentRef ref, Money amount, IdempotencyKey key, String reason)
            throws GatewayException {
        return once(key, () -> {
            Payment payment = payments.get(ref.id().substring("cs_".length()));
            payment.refunds.add(PaymentSnapshot.Refund.of("re_" + (payment.refunds.size() + 1), refundsAre, amount));
            return OperationResult.pending(ref);
        });
    }

    @Override
    public OperationResult charge(
            GatewayContext context, SavedMethodRef method, Money amount, String purchaseId, IdempotencyKey key)
            throws GatewayException {
        PaymentRef ref = PaymentRef.of("intent", "cs_" + purchaseId);
        return once(key, () -> {
            charges.add(purchaseId);
            onCharge.accept(purchaseId);
            Optional<Decline> decline = declines;
            if (decline.filter(why -> why.code() == DeclineCode.METHOD_GONE).isPresent()) {
                // there is nothing to be charged, and so no payment
                return OperationResult.declined(PaymentRef.of("method", method.methodId()), decline.get());
            }
            Payment payment = new Payment();
            payments.put(purchaseId, payment);
            if (decline.isPresent()) {
                payment.phase = declinesStayOpen ? Phase.OPEN : Phase.FAILED;
                payment.decline = declinesStayOpen ? Optional.empty() : decline;
                return OperationResult.declined(ref, decline.get());
            }
            payment.captured = amount.minor();
            payment.phase = Phase.CAPTURED;
            return OperationResult.accepted(ref, shown(ref));
        });
    }

    @Override
    public void forget(GatewayContext context, SavedMethodRef method) {
        keys.add("forgot " + method);
    }

    @Override
    public PaymentSnapshot cancel(GatewayContext context, PaymentRef ref, IdempotencyKey key) throws GatewayException {
        once(key, () -> {
            Payment payment = payments.get(ref.id().substring("cs_".length()));
            if (payment.phase == Phase.OPEN) {
                payment.phase = Phase.CANCELLED;
            }
            return OperationResult.pending(ref);
        });
        return shown(ref);
    }

    @Override
    public List<PaymentRef> locate(GatewayContext context, String purchaseId, Instant createdAfter) {
        List<PaymentRef> found = new ArrayList<>();
        if (payments.containsKey(purchaseId)) {
            found.add(PaymentRef.of("intent", "cs_" + purchaseId));
        }
        return found;
    }
}

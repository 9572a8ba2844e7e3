package org.bursar.payments.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiPredicate;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.ManualDecision;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.tck.FaultProxy.Trouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the cases stand on: a gateway, a stub, a proxy between the two, and the words in which the cases are written. */
abstract class TckBench {
    static final String ONE = "one";
    static final String OTHER = "other";
    static final BiPredicate<String, String> ALL = (method, path) -> true;
    static final BiPredicate<String, String> WRITES = (method, path) -> !method.equals("GET") && !method.equals("HEAD");

    /** Kinds that say: nothing happened, or there is nothing. Whoever is not sure must not say so. */
    private static final Set<Kind> SURE_OF_NOTHING = Set.of(
            Kind.NOT_EXECUTED,
            Kind.RATE_LIMITED,
            Kind.BAD_CREDENTIALS,
            Kind.BAD_CONFIGURATION,
            Kind.INVALID_REQUEST,
            Kind.NOT_FOUND,
            Kind.UNSUPPORTED);

    static {
        // the JDK's HTTP server holds small answers back for 40 ms otherwise; it reads this once, when its first server
        // is made
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private @Nullable PaymentGateway gateway;
    private @Nullable ProviderStub stub;
    private @Nullable FaultProxy proxy;
    private @Nullable StubAccount account;

    /** A new gateway, as its bundle would register it. Asked for once a case. */
    protected abstract PaymentGateway gateway();

    /** A new stub of its provider, without any object; closed after the case. */
    protected abstract ProviderStub provider() throws Exception;

    /**
     * The gateway's bundle: a jar, or a folder of classes with a manifest, which is made a jar of. Where the gateway's class was
     * loaded from, unless this is overridden.
     */
    protected Path bundle() {
        CodeSource source = tested().getClass().getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    final void openBench() throws Exception {
        gateway = gateway();
        stub = provider();
        if (!(stub instanceof NoProvider)) {
            proxy = new FaultProxy(stub.api());
        }
        account = stub.account(ONE, Mode.TEST);
    }

    @AfterEach
    final void closeBench() {
        if (proxy != null) {
            proxy.close();
        }
        if (stub != null) {
            stub.close();
        }
    }

    final PaymentGateway tested() {
        return given(gateway);
    }

    final ProviderStub stub() {
        return given(stub);
    }

    final StubAccount account() {
        return given(account);
    }

    private static <T> T given(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the case has not begun");
        }
        return part;
    }

    final boolean hasProvider() {
        return proxy != null;
    }

    /** Leaves the case out for a gateway that only people decide about. */
    final FaultProxy proxy() {
        if (proxy == null) {
            abort("there is no provider: the gateway is a " + ManualDecision.class.getSimpleName());
        }
        return given(proxy);
    }

    final StubWebhooks webhooks() {
        proxy();
        return account().webhooks().orElseGet(() -> abort("the provider has no webhooks"));
    }

    /** The gateway as a facet; the case is left out when it is none. */
    final <F> F facet(Class<F> type) {
        if (!type.isInstance(tested())) {
            abort("the gateway has no facet " + type.getSimpleName());
        }
        return type.cast(tested());
    }

    /** What only the stub can do; a provider that cannot do it at all leaves this part out. */
    static void happens(StubAccount account, String purchaseId, StubAccount.Event event) {
        try {
            account.happens(purchaseId, event);
        } catch (UnsupportedOperationException e) {
            abort("the provider cannot " + event + ": " + e.getMessage());
        }
    }

    final TckContext context() {
        return context(ONE, account());
    }

    final TckContext context(String tenant, StubAccount of) {
        return context(tenant, of, Mode.TEST);
    }

    final TckContext context(String tenant, StubAccount of, Mode mode) {
        @Nullable URI base = proxy == null ? null : proxy.address();
        return TckContext.of(
                "ten_" + tenant, mode, of.settings(), tested().descriptor().settings(), base);
    }

    static String newPurchase() {
        return "pur_" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50), 36);
    }

    /** Five of the currency's units, in a currency that the gateway takes. */
    final Money price() {
        Set<String> currencies = tested().descriptor().currencies();
        boolean dollars = currencies.isEmpty() || currencies.contains("USD");
        return Money.of(
                dollars ? "USD" : currencies.stream().sorted().findFirst().orElseThrow(), 500);
    }

    final TckRequest request() {
        return TckRequest.of(newPurchase(), price());
    }

    /** Begins a checkout that must begin. */
    final CheckoutStart started(TckContext context, CheckoutRequest request) throws GatewayException {
        CheckoutStart start = tested().startCheckout(context, request);
        assertThat(start).as("what startCheckout answered").isNotNull();
        return start;
    }

    final PaymentSnapshot fetched(PaymentRef ref) throws GatewayException {
        return fetched(context(), ref);
    }

    final PaymentSnapshot fetched(TckContext context, PaymentRef ref) throws GatewayException {
        PaymentSnapshot snapshot = tested().fetch(context, ref);
        assertThat(snapshot).as("what fetch answered").isNotNull();
        return snapshot;
    }

    /** A checkout that was begun, and what it was asked with. */
    record Begun(TckRequest request, PaymentRef ref) {
        String purchaseId() {
            return request.purchaseId();
        }
    }

    final Begun begun() throws GatewayException {
        return begun(request());
    }

    final Begun begun(TckRequest request) throws GatewayException {
        return new Begun(request, started(context(), request).ref());
    }

    final Begun paid() throws GatewayException {
        Begun begun = begun();
        account().pay(begun.purchaseId(), begun.request().amount());
        return begun;
    }

    /** A call that must fail with a {@link GatewayException}. */
    interface Call {
        @Nullable
        Object run() throws Exception;
    }

    static GatewayException refusal(String what, Call call) {
        try {
            Object answer = call.run();
            return fail(what + ": answered " + answer + " where it cannot know");
        } catch (GatewayException e) {
            return e;
        } catch (Exception e) {
            return fail(what + ": threw " + e + " where a GatewayException says more", e);
        }
    }

    static void refusedAs(Kind kind, String what, Call call) {
        assertThat(refusal(what, call).kind()).as(what).isEqualTo(kind);
    }

    /** That this outcome of a call which was cut off says nothing for sure. */
    static void assertUnknown(String what, @Nullable Throwable thrown) {
        if (thrown instanceof GatewayException e) {
            assertThat(SURE_OF_NOTHING).as(what + ": " + e.getMessage()).doesNotContain(e.kind());
        } else {
            assertThat(thrown).as(what).isNotNull();
        }
    }

    final Trouble.Answered answered(BiPredicate<String, String> befalls, boolean executed, ProviderStub.Fault fault) {
        return new Trouble.Answered(befalls, executed, stub().answer(fault));
    }

    final TckWebhook delivered(byte[] body) {
        return delivered(body, List.of(secretOf(account(), webhooks())));
    }

    final TckWebhook delivered(byte[] body, List<String> secrets) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new TckWebhook(body, webhooks().sign(body, now, secrets), now);
    }

    static String secretOf(StubAccount of, StubWebhooks webhooks) {
        String secret = of.settings().get(webhooks.secretSetting());
        if (secret == null) {
            throw new IllegalStateException("the stub's settings have no " + webhooks.secretSetting());
        }
        return secret;
    }

    final WebhookOutcome accepted(TckWebhook webhook) throws WebhookRejected {
        return accepted(context(), webhook);
    }

    final WebhookOutcome accepted(TckContext context, TckWebhook webhook) throws WebhookRejected {
        WebhookOutcome outcome = tested().handleWebhook(context, webhook);
        assertThat(outcome).as("what handleWebhook answered").isNotNull();
        return outcome;
    }

    final WebhookRejected rejected(String what, TckContext context, TckWebhook webhook) {
        try {
            WebhookOutcome outcome = tested().handleWebhook(context, webhook);
            return fail(what + ": the webhook was believed: " + outcome.type());
        } catch (WebhookRejected e) {
            return e;
        } catch (RuntimeException e) {
            return fail(what + ": threw " + e + " in place of WebhookRejected", e);
        }
    }
}

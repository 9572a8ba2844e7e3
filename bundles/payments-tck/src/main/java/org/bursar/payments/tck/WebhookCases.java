package org.bursar.payments.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.Refunds;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRejected.Why;
import org.bursar.payments.tck.FaultProxy.Trouble;
import org.bursar.payments.tck.StubWebhooks.Oddity;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Cases 12 to 23: a webhook is a hint from somebody who must prove who he is. */
abstract class WebhookCases extends CheckoutCases {
    private static final String STRANGER = "whsec_a_stranger_made_this_up";
    private static final int BYTES_CHANGED = 150;
    private static final int A_MEBIBYTE = 1 << 20;

    @Case(12)
    public void aGoodWebhookIsAcceptedAndOneChangedByteRefused() throws Exception {
        if (!hasProvider() || account().webhooks().isEmpty()) {
            TckWebhook any = new TckWebhook(new byte[] {'{', '}'}, Map.of(), Instant.now());
            assertThat(rejected("a webhook where there are none", context(), any)
                            .why())
                    .isEqualTo(Why.UNSUPPORTED);
            return;
        }
        Begun paid = paid();
        for (byte[] body : webhooks().events(paid.purchaseId())) {
            TckWebhook good = delivered(body);
            WebhookOutcome outcome = accepted(good);
            assertThat(outcome.eventId()).isNotBlank();
            assertThat(outcome.type()).isNotBlank();
            for (int at = 0; at < body.length; at += Math.max(1, body.length / BYTES_CHANGED)) {
                byte[] changed = body.clone();
                changed[at] ^= 1;
                rejected("byte " + at + " was changed", context(), good.withBody(changed));
            }
            rejected("the end is missing", context(), good.withBody(Arrays.copyOf(body, body.length - 1)));
            rejected("a byte is added", context(), good.withBody(Arrays.copyOf(body, body.length + 1)));
        }
        assertThat(paymentsNamed(webhooks().events(paid.purchaseId()))).contains(paid.purchaseId());
    }

    /** The purchases of the payments that these events name, as fetch shows them. */
    private Set<String> paymentsNamed(List<byte[]> events) throws WebhookRejected, GatewayException {
        Set<String> purchases = new TreeSet<>();
        for (byte[] body : events) {
            for (WebhookOutcome.Hint hint : accepted(delivered(body)).changed()) {
                Optional<String> fetched = fetched(hint.ref()).purchaseId();
                hint.purchaseId().ifPresent(named -> assertThat(fetched).contains(named));
                fetched.ifPresent(purchases::add);
            }
        }
        return purchases;
    }

    private TckWebhook paidWebhook() throws GatewayException {
        StubWebhooks webhooks = webhooks();
        List<byte[]> events = webhooks.events(paid().purchaseId());
        assertThat(events).as("events of a paid purchase").hasSizeGreaterThanOrEqualTo(2);
        return delivered(events.get(events.size() - 1));
    }

    @Case(13)
    public void wrongMissingTruncatedAndSeveralSignatures() throws Exception {
        TckWebhook good = paidWebhook();
        String header = webhooks().signatureHeader();
        List<String> signature = good.headers().getOrDefault(header, List.of());
        assertThat(signature).as("the header " + header).isNotEmpty();
        String text = signature.get(0);

        rejected("no signature", context(), good.withoutHeader(header));
        rejected("no headers", context(), new TckWebhook(good.body(), Map.of(), good.receivedAt()));
        rejected("an empty signature", context(), good.withHeader(header, List.of("")));
        rejected("nonsense", context(), good.withHeader(header, List.of("t=,v1=,,=,\u0000é")));
        rejected("half a signature", context(), good.withHeader(header, List.of(text.substring(0, text.length() / 2))));
        rejected("one digit less", context(), good.withHeader(header, List.of(text.substring(0, text.length() - 1))));
        TckWebhook strangers = delivered(good.body(), List.of(STRANGER));
        assertThat(rejected("a stranger's signature", context(), strangers).why())
                .isEqualTo(Why.BAD_SIGNATURE);

        String ours = secretOf(account(), webhooks());
        try {
            rejected("two strangers' signatures", context(), delivered(good.body(), List.of(STRANGER, STRANGER + 2)));
            accepted(delivered(good.body(), List.of(STRANGER, ours)));
            accepted(delivered(good.body(), List.of(ours, STRANGER)));
        } catch (UnsupportedOperationException e) {
            // this provider never signs twice
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Case(14)
    public void aStaleWebhookIsRefusedAndAStoredOneAccepted() throws Exception {
        TckWebhook good = paidWebhook();
        Clock later = Clock.fixed(good.receivedAt().plus(5, ChronoUnit.DAYS), ZoneOffset.UTC);
        WebhookOutcome replayed = accepted(context().withClock(later), good);
        assertThat(replayed.eventId()).isEqualTo(accepted(good).eventId());

        if (webhooks().timed()) {
            Instant muchLater = good.receivedAt().plus(1, ChronoUnit.DAYS);
            assertThat(rejected("a day on the way", context(), good.receivedAt(muchLater))
                            .why())
                    .isEqualTo(Why.STALE);
        }
    }

    @Case(15)
    public void thePreviousSecretCountsDuringRotation() throws Exception {
        TckWebhook old = paidWebhook();
        String name = webhooks().secretSetting();
        String next = "whsec_the_next_one_0123456789";
        TckContext rotated = context().with(name, next);

        rejected("signed with a secret that is gone", rotated, old);
        accepted(rotated.withPrevious(name, secretOf(account(), webhooks())), old);
        accepted(rotated.withPrevious(name, secretOf(account(), webhooks())), delivered(old.body(), List.of(next)));
        rejected(
                "signed by a stranger during rotation",
                rotated.withPrevious(name, secretOf(account(), webhooks())),
                delivered(old.body(), List.of(STRANGER)));
    }

    @Case(16)
    public void anotherAccountsOrModesEventIsRefused() throws Exception {
        Begun paid = begunAndPaidWithWebhooks();
        StubAccount other = stub().account(OTHER, Mode.TEST);
        String theirSecret = secretOf(other, other.webhooks().orElseThrow());
        byte[] last = webhooks().events(paid.purchaseId()).get(0);
        rejected("another account's secret", context(), delivered(last, List.of(theirSecret)));

        odd(paid, Oddity.OTHER_MODE, "an event of the other mode", Why.WRONG_MODE);
        odd(paid, Oddity.OTHER_ACCOUNT, "an event about another account", Why.WRONG_ACCOUNT);
    }

    private Begun begunAndPaidWithWebhooks() throws GatewayException {
        webhooks();
        return paid();
    }

    private void odd(Begun paid, Oddity oddity, String what, Why why) {
        byte[] body;
        try {
            body = webhooks().odd(paid.purchaseId(), oddity);
        } catch (UnsupportedOperationException e) {
            // events of this provider do not show it
            return;
        }
        assertThat(rejected(what, context(), delivered(body)).why()).as(what).isEqualTo(why);
    }

    @Case(17)
    public void aDuplicateHasTheSameEventId() throws Exception {
        Begun paid = begunAndPaidWithWebhooks();
        List<String> ids = new ArrayList<>();
        for (byte[] body : webhooks().events(paid.purchaseId())) {
            Instant later = Instant.now().plusSeconds(90).truncatedTo(ChronoUnit.SECONDS);
            Map<String, List<String>> headers = webhooks().sign(body, later, List.of(secretOf(account(), webhooks())));
            String id = accepted(delivered(body)).eventId();
            assertThat(accepted(new TckWebhook(body, headers, later)).eventId()).isEqualTo(id);
            ids.add(id);
        }
        assertThat(ids).as("ids of different events").doesNotHaveDuplicates();
    }

    @Case(18)
    public void everyOrderOfEventsEndsInTheSameFetch() throws Exception {
        webhooks();
        Begun begun = begun();
        try {
            account().happens(begun.purchaseId(), StubAccount.Event.DECLINE);
        } catch (UnsupportedOperationException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        account().pay(begun.purchaseId(), begun.request().amount());
        if (tested() instanceof Refunds refunds) {
            refunds.refund(context(), begun.ref(), begun.request().amount(), Keys.refund(begun, 1), "order");
        }
        List<byte[]> events = webhooks().events(begun.purchaseId());
        String truth = fetched(begun.ref()).toString();
        Set<String> ends = new TreeSet<>();
        for (List<byte[]> order : permutations(events.subList(Math.max(0, events.size() - 4), events.size()))) {
            for (byte[] body : order) {
                accepted(delivered(body));
            }
            ends.add(fetched(begun.ref()).toString());
        }
        assertThat(ends).containsExactly(truth);
    }

    private static List<List<byte[]>> permutations(List<byte[]> events) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        List<List<byte[]>> all = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            List<byte[]> rest = new ArrayList<>(events);
            byte[] first = rest.remove(i);
            for (List<byte[]> order : permutations(rest)) {
                List<byte[]> whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                all.add(whole);
            }
        }
        return all;
    }

    @Case(19)
    public void aWebhookMayComeBeforeStartCheckoutReturned() throws Exception {
        StubWebhooks webhooks = webhooks();
        TckRequest request = request();
        Trouble.Held held = Trouble.Held.of(stub()::createsCheckout);
        proxy().make(held);
        Attempt start = Attempt.of(() -> tested().startCheckout(context(), request));
        held.awaitReached();
        account().pay(request.purchaseId(), request.amount());
        assertThat(paymentsNamed(webhooks.events(request.purchaseId()))).containsExactly(request.purchaseId());
        proxy().heal();

        @Nullable Throwable thrown = start.outcome(Duration.ofSeconds(20), "the response was released");
        assertThat(thrown).isNull();
        assertThat(start.answer())
                .isInstanceOfSatisfying(
                        CheckoutStart.class,
                        answer -> assertThat(phaseOf(answer.ref())).isEqualTo(Phase.CAPTURED));
    }

    private Phase phaseOf(PaymentRef ref) {
        try {
            return fetched(ref).phase();
        } catch (GatewayException e) {
            throw new AssertionError(e);
        }
    }

    @Case(20)
    public void anUnknownTypeOfEventIsAcknowledgedAndDoesNothing() throws Exception {
        Begun paid = begunAndPaidWithWebhooks();
        WebhookOutcome outcome = accepted(delivered(oddOrLeft(paid, Oddity.UNKNOWN_TYPE)));

        assertThat(outcome.understood()).isFalse();
        assertThat(outcome.changed()).isEmpty();
        assertThat(outcome.eventId()).isNotBlank();
    }

    @Case(21)
    public void anEventOfAnotherApiVersionStillNamesItsPayment() throws Exception {
        Begun paid = begunAndPaidWithWebhooks();
        byte[] body = oddOrLeft(paid, Oddity.OTHER_API_VERSION);

        assertThat(paymentsNamed(List.of(body))).containsExactly(paid.purchaseId());
    }

    private byte[] oddOrLeft(Begun paid, Oddity oddity) {
        try {
            return webhooks().odd(paid.purchaseId(), oddity);
        } catch (UnsupportedOperationException e) {
            throw new TestAbortedException("events of the provider do not show " + oddity + ": " + e.getMessage());
        }
    }

    @Case(22)
    public void handlingAWebhookOpensNoSocket() throws Exception {
        Begun paid = begunAndPaidWithWebhooks();
        List<byte[]> events = webhooks().events(paid.purchaseId());
        int before = proxy().requests();
        Sockets sockets = new Sockets(ProxySelector.getDefault());
        ProxySelector.setDefault(sockets);
        try {
            for (byte[] body : events) {
                accepted(delivered(body));
            }
        } finally {
            ProxySelector.setDefault(sockets.former);
        }
        assertThat(sockets.asked).as("connections while webhooks were handled").isEmpty();
        assertThat(proxy().requests())
                .as("requests while webhooks were handled")
                .isEqualTo(before);
    }

    /** Writes down whom anybody wants to connect to: sockets, URL connections and HTTP clients all ask it first. */
    private static final class Sockets extends ProxySelector {
        private final @Nullable ProxySelector former;
        private final List<URI> asked = new CopyOnWriteArrayList<>();

        Sockets(@Nullable ProxySelector former) {
            this.former = former;
        }

        @Override
        public List<Proxy> select(URI uri) {
            asked.add(uri);
            return List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            asked.add(uri);
        }
    }

    @Case(23)
    public void malformedHugeAndNonUtf8BodiesAreRefused() throws Exception {
        webhooks();
        byte[] huge = new byte[A_MEBIBYTE];
        Arrays.fill(huge, (byte) '[');
        byte[] text = new byte[A_MEBIBYTE];
        Arrays.fill(text, (byte) 'a');
        text[0] = '"';
        Map<String, byte[]> bodies = Map.of(
                "nothing", new byte[0],
                "half an object", "{\"id\":".getBytes(StandardCharsets.UTF_8),
                "a list", "[]".getBytes(StandardCharsets.UTF_8),
                "null", "null".getBytes(StandardCharsets.UTF_8),
                "an empty object", "{}".getBytes(StandardCharsets.UTF_8),
                "wrong types", "{\"id\":[],\"type\":{},\"data\":7}".getBytes(StandardCharsets.UTF_8),
                "a mebibyte of brackets", huge,
                "a mebibyte of text", text,
                "no UTF-8", new byte[] {'{', '"', (byte) 0xC3, '"', ':', (byte) 0xFF, (byte) 0xFE, '}'});
        bodies.forEach((what, body) -> {
            assertThat(rejected(what + ", signed", context(), delivered(body)).why())
                    .as(what)
                    .isIn(Why.MALFORMED, Why.WRONG_ACCOUNT, Why.WRONG_MODE);
            rejected(what + ", signed by a stranger", context(), delivered(body, List.of(STRANGER)));
        });
    }
}

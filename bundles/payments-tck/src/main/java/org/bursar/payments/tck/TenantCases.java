package org.bursar.payments.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.Health;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SettingsSchema.Field;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.tck.FaultProxy.Trouble;
import org.bursar.payments.tck.ProviderStub.Fault;

/** Cases 35 to 38: whose settings a call uses, and that nobody else learns them. */
abstract class TenantCases extends FacetCases {
    private static final int ROUNDS = 40;
    private static final int SHORTEST_SECRET = 12;

    @Case(35)
    public void twoTenantsInParallelDoNotMix() throws Exception {
        StubAccount other = stub().account(OTHER, Mode.TEST);
        List<Callable<CheckoutStart>> ours = new ArrayList<>();
        List<TckRequest> requests = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            TckRequest request = request();
            TckContext context = i % 2 == 0 ? context() : context(OTHER, other);
            requests.add(request);
            ours.add(() -> tested().startCheckout(context, request));
        }
        List<CheckoutStart> starts = together(ours);
        if (!hasProvider()) {
            assertThat(shown(starts.get(0))).isNotEqualTo(shown(starts.get(1)));
            return;
        }
        assertThat(account().checkouts()).as("checkouts of the one").isEqualTo(ROUNDS / 2);
        assertThat(other.checkouts()).as("checkouts of the other").isEqualTo(ROUNDS / 2);
        for (int i = 0; i < ROUNDS; i++) {
            TckContext mine = i % 2 == 0 ? context() : context(OTHER, other);
            assertThat(fetched(mine, starts.get(i).ref()).purchaseId())
                    .contains(requests.get(i).purchaseId());
        }
        PaymentRef theirs = starts.get(1).ref();
        refusal("another tenant's payment", () -> tested().fetch(context(), theirs));
    }

    private static List<CheckoutStart> together(List<Callable<CheckoutStart>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CheckoutStart> answers = new ArrayList<>();
            for (Future<CheckoutStart> answer : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> shown(CheckoutStart start) {
        return start instanceof CheckoutStart.Instructions instructions
                ? instructions.lines().stream()
                        .filter(line -> !line.value().equals(instructions.reference()))
                        .map(line -> line.label() + " " + line.value())
                        .toList()
                : List.of(start.ref().toString());
    }

    @Case(36)
    public void noSecretIsInTextsExceptionsLogsOrHealth() throws Exception {
        Set<String> secrets = secrets();
        StringBuilder said = new StringBuilder();
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream trap = new PrintStream(printed, true, StandardCharsets.UTF_8);
        LogTrap log = new LogTrap(said);
        Logger.getLogger("").addHandler(log);
        System.setOut(trap);
        System.setErr(trap);
        try {
            provoke(said);
        } finally {
            System.setOut(out);
            System.setErr(err);
            Logger.getLogger("").removeHandler(log);
        }
        said.append(printed.toString(StandardCharsets.UTF_8));
        for (String secret : secrets) {
            assertThat(said.toString().contains(secret)).as("a secret was told").isFalse();
        }
    }

    private Set<String> secrets() {
        Set<String> secrets = new TreeSet<>();
        for (Field field : tested().descriptor().settings().fields()) {
            String value = account().settings().get(field.name());
            if (field.kind() == SettingsSchema.Kind.SECRET && value != null) {
                assertThat(value.length())
                        .as("characters of the stub's " + field.name())
                        .isGreaterThanOrEqualTo(SHORTEST_SECRET);
                secrets.add(value);
            }
        }
        return secrets;
    }

    /** Everything that could make a gateway talk. */
    private void provoke(StringBuilder said) throws Exception {
        said.append(tested()).append(tested().descriptor());
        CheckoutStart start = started(context(), request());
        said.append(start).append(start.ref());
        said.append(tested().health(context()));
        if (!hasProvider()) {
            return;
        }
        said.append(fetched(start.ref()));
        List<Trouble> troubles = new ArrayList<>(List.of(new Trouble.Echoed(ALL), new Trouble.ResponseLost(ALL)));
        for (Fault fault : Fault.values()) {
            troubles.add(answered(ALL, false, fault));
        }
        for (Trouble trouble : troubles) {
            proxy().make(trouble);
            tell(said, () -> tested().startCheckout(context(), request()));
            tell(said, () -> tested().fetch(context(), start.ref()));
            tell(said, () -> tested().locate(context(), newPurchase(), Instant.EPOCH));
            said.append(tested().health(context()));
        }
        proxy().heal();
        tell(said, () -> tested().startCheckout(context().at(FaultProxy.refused()), request()));
        if (account().webhooks().isPresent()) {
            TckWebhook forged = delivered(new byte[] {'{', '}'}, List.of("whsec_a_stranger_made_this_up"));
            tell(said, () -> tested().handleWebhook(context(), forged));
        }
    }

    private static void tell(StringBuilder said, Call call) {
        try {
            said.append(call.run());
        } catch (Exception e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text, true));
            said.append(text);
        }
    }

    /** What is logged by java.util.logging; slf4j goes where the class path sends it, and that is printed. */
    private static final class LogTrap extends Handler {
        private final StringBuilder said;

        LogTrap(StringBuilder said) {
            this.said = said;
        }

        @Override
        public synchronized void publish(LogRecord record) {
            said.append(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Case(37)
    public void theSettingsSchemaIsCompleteAndEnforced() throws Exception {
        GatewayDescriptor descriptor = tested().descriptor();
        assertThat(tested().descriptor().id()).isEqualTo(descriptor.id());
        Map<String, String> settings = account().settings();
        Set<String> names = new TreeSet<>();
        for (Field field : descriptor.settings().fields()) {
            names.add(field.name());
            assertThat(field.labels()).containsKey("en");
            String value = settings.get(field.name());
            if (value != null) {
                field.pattern()
                        .ifPresent(pattern -> assertThat(value).as(field.name()).matches(pattern));
            }
        }
        assertThat(names).as("fields of the schema").containsAll(settings.keySet());

        TckContext context = context();
        PaymentRef ref = started(context, request()).ref();
        tested().health(context);
        if (hasProvider()) {
            fetched(context, ref);
        }
        if (account().webhooks().isPresent()) {
            accepted(context, delivered(webhooks().events(paid().purchaseId()).get(0)));
            assertThat(descriptor.settings().fields())
                    .as("the webhooks' secret rotates")
                    .anyMatch(field -> field.name().equals(webhooks().secretSetting()) && field.rotates());
        }
        assertThat(names).as("fields of the schema").containsAll(context.asked());
        for (Field field : descriptor.settings().fields()) {
            if (field.required()) {
                assertMissed(field);
            }
        }
    }

    /** Without a required setting the gateway says what is missing: on a checkout, in its health or at a webhook. */
    private void assertMissed(Field field) {
        TckContext without = context().without(field.name());
        Set<String> said = new TreeSet<>();
        try {
            tested().startCheckout(without, request());
        } catch (GatewayException e) {
            assertThat(e.kind()).as("without " + field.name()).isIn(Kind.BAD_CONFIGURATION, Kind.BAD_CREDENTIALS);
            said.add(e.kind().name());
        }
        Health health = tested().health(without);
        if (health.code() == Health.Code.MISCONFIGURED) {
            said.add(health.message());
        }
        if (hasProvider() && account().webhooks().isPresent()) {
            try {
                tested().handleWebhook(without, delivered(new byte[] {'{', '}'}));
            } catch (WebhookRejected e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(said).as("what a gateway without " + field.name() + " says").isNotEmpty();
    }

    @Case(38)
    public void newSettingsAreUsedAfterAChange() throws Exception {
        StubAccount other = stub().account(OTHER, Mode.TEST);
        CheckoutStart before = started(context(), request());
        TckContext changed = context().withSettings(other.settings(), 2);
        CheckoutStart after = started(changed, request());
        if (!hasProvider()) {
            assertThat(shown(after)).isNotEqualTo(shown(before));
            return;
        }
        assertThat(account().checkouts()).as("checkouts of the account before").isEqualTo(1);
        assertThat(other.checkouts()).as("checkouts of the account after").isEqualTo(1);
        assertThat(fetched(changed, after.ref()).mode()).isEqualTo(Mode.TEST);
        if (account().webhooks().isPresent()) {
            StubWebhooks theirs = other.webhooks().orElseThrow();
            TckRequest request = request();
            started(changed, request);
            other.pay(request.purchaseId(), request.amount());
            byte[] body = theirs.events(request.purchaseId()).get(0);
            accepted(changed, delivered(body, List.of(secretOf(other, theirs))));
        }
    }
}

package org.bursar.payments.bankdeposit;

import java.time.Instant;
import java.util.List;
import org.bursar.payments.spi.CheckoutRequest;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayDescriptor;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.Health;
import org.bursar.payments.spi.ManualDecision;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.SettingsSchema;
import org.bursar.payments.spi.SettingsSchema.Field;
import org.bursar.payments.spi.SettingsSchema.Kind;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRequest;
import org.osgi.service.component.annotations.Component;

/**
 * Shows the payer where to deposit. Starting a checkout leaves nothing behind anywhere, so it can be repeated at will; whether
 * the money came, only people know.
 */
@Component(service = PaymentGateway.class, property = PaymentGateway.ID_PROPERTY + "=" + BankDeposit.ID)
public final class BankDeposit implements PaymentGateway, ManualDecision {
    static final String ID = "bank-deposit";

    private static final String HOLDER = "accountHolder";
    private static final String NUMBER = "accountNumber";
    private static final String BANK = "bank";
    private static final String IBAN = "iban";
    private static final String INSTRUCTIONS = "instructions";

    private static final GatewayDescriptor DESCRIPTOR = GatewayDescriptor.builder(ID, "Bank deposit")
            .features(GatewayDescriptor.Feature.ONE_OFF, GatewayDescriptor.Feature.MANUAL_APPROVAL)
            .settings(SettingsSchema.builder(1)
                    .field(Field.of(HOLDER, Kind.TEXT, "Account holder").asRequired())
                    .field(Field.of(NUMBER, Kind.TEXT, "Account number").asRequired())
                    .field(Field.of(BANK, Kind.TEXT, "Bank"))
                    .field(Field.of(IBAN, Kind.TEXT, "IBAN")
                            .matching("[A-Za-z]{2}[0-9]{2}[A-Za-z0-9 ]{11,37}")
                            .withHelp("en", "Country code, two check digits, account: DE89 3704 0044 0532 0130 00"))
                    .field(Field.of(INSTRUCTIONS, Kind.MULTILINE, "Instructions")
                            .withHelp("en", "What else the payer should know, such as how long a deposit takes"))
                    .build())
            .build();

    @Override
    public GatewayDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public CheckoutStart startCheckout(GatewayContext context, CheckoutRequest request) throws GatewayException {
        if (request.interval().isPresent()) {
            throw new GatewayException(
                    GatewayException.Kind.UNSUPPORTED, "a deposit is made once: bank deposits renew nothing");
        }
        CheckoutStart.Instructions.Builder start = CheckoutStart.instructions(
                        PaymentRef.of(ID, request.purchaseId()), request.number())
                .line("Amount", request.amount().toString())
                .line("Account holder", required(context, HOLDER))
                .line("Account number", required(context, NUMBER));
        context.setting(BANK).ifPresent(bank -> start.line("Bank", bank));
        context.setting(IBAN).ifPresent(iban -> start.line("IBAN", iban));
        start.line("Reference", request.number());
        context.setting(INSTRUCTIONS).ifPresent(text -> start.line("Instructions", text));
        return start.build();
    }

    private static String required(GatewayContext context, String setting) throws GatewayException {
        return context.setting(setting)
                .orElseThrow(() -> new GatewayException(
                        GatewayException.Kind.BAD_CONFIGURATION, "the setting " + setting + " is missing"));
    }

    @Override
    public PaymentSnapshot fetch(GatewayContext context, PaymentRef ref) throws GatewayException {
        throw new GatewayException(GatewayException.Kind.UNSUPPORTED, "only people know whether a deposit came");
    }

    @Override
    public List<PaymentRef> locate(GatewayContext context, String purchaseId, Instant createdAfter) {
        return List.of();
    }

    @Override
    public WebhookOutcome handleWebhook(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
        throw new WebhookRejected(WebhookRejected.Why.UNSUPPORTED, "bank deposits have no webhooks");
    }

    @Override
    public Health health(GatewayContext context) {
        return context.setting(HOLDER).isPresent() && context.setting(NUMBER).isPresent()
                ? Health.up()
                : Health.of(Health.Code.MISCONFIGURED, "Enter the account that payers deposit into.");
    }
}

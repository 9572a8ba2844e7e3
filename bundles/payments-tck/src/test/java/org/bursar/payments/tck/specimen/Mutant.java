package org.bursar.payments.tck.specimen;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.bursar.payments.spi.GatewayContext;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.PaymentSnapshot;
import org.bursar.payments.spi.PaymentSnapshot.Phase;
import org.bursar.payments.spi.WebhookOutcome;
import org.bursar.payments.spi.WebhookRejected;
import org.bursar.payments.spi.WebhookRequest;

/** A gateway with one fault of those that are made most, and the cases that must see it. */
enum Mutant {
    NEW_KEY_ON_RETRY(
            Set.of(1, 2, 29),
            () -> new ProviderGateway(new ProviderApi() {
                @Override
                Map<String, Object> post(
                        GatewayContext context, String path, IdempotencyKey key, Map<String, Object> body)
                        throws GatewayException {
                    return super.post(
                            context, path, IdempotencyKey.of(UUID.randomUUID().toString()), body);
                }
            })),

    UNVERIFIED_WEBHOOK(Set.of(12, 13, 14, 15), () -> new ProviderGateway() {
        @Override
        void verify(GatewayContext context, WebhookRequest raw) {}
    }),

    TIMEOUT_TAKEN_FOR_NOT_EXECUTED(
            Set.of(8),
            () -> new ProviderGateway(new ProviderApi() {
                @Override
                GatewayException failure(Throwable cause) {
                    return cause instanceof TimeoutException
                            ? new GatewayException(Kind.NOT_EXECUTED, "no answer in time")
                            : super.failure(cause);
                }
            })),

    LOST_RESPONSE_TAKEN_FOR_NOT_EXECUTED(
            Set.of(2, 29),
            () -> new ProviderGateway(new ProviderApi() {
                @Override
                GatewayException failure(Throwable cause) {
                    return new GatewayException(Kind.NOT_EXECUTED, "no answer");
                }
            })),

    AMOUNTS_IN_FLOATING_POINT(Set.of(32), () -> new ProviderGateway() {
        @Override
        Money money(BigDecimal amount, String currency) {
            int digits = Money.of(currency, 0).amount().scale();
            return Money.of(currency, (long) (amount.doubleValue() * Math.pow(10, digits)));
        }
    }),

    MODE_IGNORED(Set.of(16, 33), () -> new ProviderGateway() {
        @Override
        public PaymentSnapshot fetch(GatewayContext context, PaymentRef ref) throws GatewayException {
            PaymentSnapshot shown = super.fetch(context, ref);
            return PaymentSnapshot.of(shown.ref(), shown.phase(), context.mode(), shown.purchaseId(), shown.captured());
        }

        @Override
        public WebhookOutcome handleWebhook(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
            try {
                return super.handleWebhook(context, raw);
            } catch (WebhookRejected e) {
                if (e.why() == WebhookRejected.Why.WRONG_MODE) {
                    return WebhookOutcome.of("evt", "payment.paid", List.of());
                }
                throw e;
            }
        }
    }),

    LOCATE_EMPTY_ON_AN_ERROR(Set.of(10), () -> new ProviderGateway() {
        @Override
        public List<PaymentRef> locate(GatewayContext context, String purchaseId, Instant createdAfter) {
            try {
                return super.locate(context, purchaseId, createdAfter);
            } catch (GatewayException e) {
                return List.of();
            }
        }
    }),

    LOCATE_READS_ONE_PAGE(
            Set.of(10),
            () -> new ProviderGateway(new ProviderApi() {
                @Override
                Map<String, Object> get(GatewayContext context, String path) throws GatewayException {
                    Map<String, Object> answer = super.get(context, path);
                    answer.remove("next");
                    if (answer.get("items") instanceof List<?> items && items.size() > 1) {
                        // newest first, as most providers list
                        answer.put("items", items.subList(1, items.size()));
                    }
                    return answer;
                }
            })),

    STATIC_API_KEY(
            Set.of(35, 38),
            () -> new ProviderGateway(new ProviderApi() {
                private String kept;

                @Override
                synchronized String apiKey(GatewayContext context) throws GatewayException {
                    kept = kept == null ? super.apiKey(context) : kept;
                    return kept;
                }
            })),

    CREDIT_ON_REDIRECT(Set.of(26), () -> new ProviderGateway() {
        @Override
        public PaymentSnapshot fetch(GatewayContext context, PaymentRef ref) throws GatewayException {
            PaymentSnapshot shown = super.fetch(context, ref);
            return shown.phase() == Phase.PROCESSING
                    ? PaymentSnapshot.of(ref, Phase.CAPTURED, shown.mode(), shown.purchaseId(), Money.of("USD", 500))
                    : shown;
        }
    }),

    SECRET_IN_A_MESSAGE(
            Set.of(36),
            () -> new ProviderGateway(new ProviderApi() {
                @Override
                Map<String, Object> get(GatewayContext context, String path) throws GatewayException {
                    try {
                        return super.get(context, path);
                    } catch (GatewayException e) {
                        throw new GatewayException(e.kind(), "refused with " + apiKey(context));
                    }
                }
            })),

    UNKNOWN_STATUS_TAKEN_FOR_PAID(Set.of(39), () -> new ProviderGateway() {
        @Override
        PaymentSnapshot snapshot(Map<String, Object> payment) {
            PaymentSnapshot shown = super.snapshot(payment);
            return shown.phase() == Phase.UNKNOWN
                    ? PaymentSnapshot.of(
                            shown.ref(), Phase.CAPTURED, shown.mode(), shown.purchaseId(), shown.captured())
                    : shown;
        }
    }),

    REFUND_DENIED_AFTER_IT_WAS_MADE(Set.of(29), () -> new ProviderGateway() {
        @Override
        public OperationResult refund(
                GatewayContext context, PaymentRef ref, Money amount, IdempotencyKey key, String reason)
                throws GatewayException {
            super.refund(context, ref, amount, key, reason);
            return OperationResult.accepted(ref, fetch(context, ref));
        }
    }),

    PURCHASE_FROM_MEMORY(Set.of(19), () -> new ProviderGateway() {
        @Override
        PaymentSnapshot snapshot(Map<String, Object> payment) {
            PaymentSnapshot shown = super.snapshot(payment);
            return PaymentSnapshot.of(shown.ref(), shown.phase(), shown.mode(), Optional.empty(), shown.captured());
        }
    }),

    EVENT_ID_BY_CHANCE(Set.of(17), () -> new ProviderGateway() {
        @Override
        public WebhookOutcome handleWebhook(GatewayContext context, WebhookRequest raw) throws WebhookRejected {
            WebhookOutcome read = super.handleWebhook(context, raw);
            return WebhookOutcome.of(UUID.randomUUID().toString(), read.type(), read.changed());
        }
    });

    private final Set<Integer> seenBy;
    private final Supplier<PaymentGateway> make;

    Mutant(Set<Integer> seenBy, Supplier<PaymentGateway> make) {
        this.seenBy = seenBy;
        this.make = make;
    }

    Set<Integer> seenBy() {
        return seenBy;
    }

    PaymentGateway gateway() {
        return make.get();
    }
}

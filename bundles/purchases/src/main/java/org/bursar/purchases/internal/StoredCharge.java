package org.bursar.purchases.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.bursar.payments.spi.CheckoutStart;
import org.bursar.payments.spi.Decline;
import org.bursar.payments.spi.GatewayException;
import org.bursar.payments.spi.GatewayException.Kind;
import org.bursar.payments.spi.IdempotencyKey;
import org.bursar.payments.spi.Money;
import org.bursar.payments.spi.OperationResult;
import org.bursar.payments.spi.PaymentGateway;
import org.bursar.payments.spi.SavedMethodRef;
import org.bursar.payments.spi.SavedMethods;
import org.jspecify.annotations.Nullable;

/** A charge without the payer, as it was stored before the first call, so that each repetition is equal. */
record StoredCharge(String purchaseId, IdempotencyKey key, Money amount, SavedMethodRef method)
        implements PaymentStart {
    static StoredCharge read(String key, String text) {
        JsonNode node = StoredJson.read(text);
        return new StoredCharge(
                node.path("purchaseId").asText(),
                IdempotencyKey.of(key),
                Money.of(node.path("currency").asText(), node.path("minor").asLong()),
                SavedMethodRef.of(
                        node.path("providerCustomer").asText(),
                        node.path("providerMethod").asText()));
    }

    String json() {
        return StoredJson.object()
                .put("purchaseId", purchaseId)
                .put("minor", amount.minor())
                .put("currency", amount.currency())
                .put("providerCustomer", method.customerId())
                .put("providerMethod", method.methodId())
                .toString();
    }

    /** That it was taken moves nothing, the payment shows it; why it was refused is what the payment may not tell. */
    @Override
    public @Nullable Answer ask(PaymentGateway gateway, CallContext context) throws GatewayException {
        if (!(gateway instanceof SavedMethods methods)) {
            throw new GatewayException(Kind.UNSUPPORTED, "the gateway charges no saved methods");
        }
        OperationResult result = methods.charge(context, method, amount, purchaseId, key);
        if (result == null) {
            return null;
        }
        Decline decline = result instanceof OperationResult.Declined declined ? declined.decline() : null;
        return new Answer(CheckoutStart.done(result.ref()), decline);
    }

    @Override
    public String toString() {
        return purchaseId + ' ' + amount;
    }
}

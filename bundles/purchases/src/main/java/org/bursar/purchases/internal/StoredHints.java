package org.bursar.purchases.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bursar.payments.spi.PaymentRef;
import org.bursar.payments.spi.WebhookOutcome.Hint;
import org.jspecify.annotations.Nullable;

/** What a verified webhook pointed at, as it is stored until each purchase is found. */
final class StoredHints {
    private StoredHints() {}

    static String write(List<Hint> hints) {
        ArrayNode array = StoredJson.object().putArray("hints");
        for (Hint hint : hints) {
            ObjectNode node = array.addObject()
                    .put("kind", hint.ref().kind())
                    .put("id", hint.ref().id());
            hint.purchaseId().ifPresent(id -> node.put("purchase", id));
        }
        return array.toString();
    }

    static List<Hint> read(@Nullable String text) {
        List<Hint> hints = new ArrayList<>();
        if (text != null) {
            StoredJson.read(text)
                    .forEach(node -> hints.add(Hint.of(
                            PaymentRef.of(
                                    node.path("kind").asText(), node.path("id").asText()),
                            Optional.ofNullable(node.path("purchase").textValue()))));
        }
        return hints;
    }
}

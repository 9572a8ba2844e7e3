package org.bursar.purchases.internal.shell;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Page;
import org.bursar.purchases.Purchase;

/** Purchases for scripts. */
final class PurchaseLines {
    private static final JsonMapper JSON = new JsonMapper();

    private PurchaseLines() {}

    static String state(Purchase purchase) {
        return purchase.state().name().toLowerCase(Locale.ROOT);
    }

    static ObjectNode json(Purchase purchase) {
        ObjectNode node = JSON.createObjectNode()
                .put("id", purchase.id().toString())
                .put("number", purchase.number())
                .put("customer", purchase.customer().toString())
                .put("title", purchase.title());
        node.putObject("price")
                .put("amount", purchase.price().amount().toPlainString())
                .put("currency", purchase.price().currency());
        return node.put("credits", Decimals.text(purchase.credits()))
                .put("credited", Decimals.text(purchase.credited()))
                .put("gateway", purchase.gateway())
                .put("status", state(purchase))
                .put("alert", purchase.alert())
                .put("createdAt", purchase.createdAt().toString())
                .put("updatedAt", purchase.updatedAt().toString());
    }

    static String json(Page<Purchase> page) {
        ObjectNode node = JSON.createObjectNode();
        page.items().forEach(purchase -> node.withArray("items").add(json(purchase)));
        return node.put("next", page.next()).toString();
    }
}

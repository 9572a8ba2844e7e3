package org.bursar.credits.internal.shell;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.bursar.credits.Balance;
import org.bursar.credits.Hold;
import org.bursar.credits.LedgerEntry;
import org.bursar.credits.Wallet;
import org.bursar.kernel.Decimals;
import org.bursar.kernel.Page;

/** JSON for scripts, in the shapes of the HTTP interface. */
final class Lines {
    private static final JsonMapper JSON = new JsonMapper();

    private Lines() {}

    static String json(Wallet wallet, Page<LedgerEntry> entries) {
        Balance balance = wallet.balance();
        ObjectNode node = JSON.createObjectNode()
                .put("customer", wallet.customer().toString())
                .put("unit", balance.unit())
                .put("balance", Decimals.text(balance.balance()))
                .put("held", Decimals.text(balance.held()))
                .put("available", Decimals.text(balance.available()))
                .put("overdraft", Decimals.text(balance.overdraft()));
        ArrayNode items = node.putArray("entries");
        entries.items().forEach(entry -> items.add(node(entry)));
        return node.toString();
    }

    static String json(LedgerEntry entry) {
        return node(entry).toString();
    }

    private static ObjectNode node(LedgerEntry entry) {
        return JSON.createObjectNode()
                .put("seq", entry.seq())
                .put("amount", Decimals.text(entry.amount()))
                .put("balanceAfter", Decimals.text(entry.balanceAfter()))
                .put("kind", word(entry.kind()))
                .put("reference", entry.reference())
                .put("reason", entry.reason())
                .put("createdAt", entry.createdAt().toString());
    }

    static String json(Page<Hold> holds) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode items = node.putArray("items");
        for (Hold hold : holds.items()) {
            items.addObject()
                    .put("id", hold.id().toString())
                    .put("customer", hold.customer().toString())
                    .put("status", word(hold.status()))
                    .put("amount", Decimals.text(hold.amount()))
                    .put("settled", Decimals.text(hold.settled()))
                    .put("afterExpiry", hold.afterExpiry())
                    .put("usageEvent", hold.usageEvent())
                    .put("expiresAt", hold.expiresAt().toString())
                    .put("createdAt", hold.createdAt().toString());
        }
        return node.put("next", holds.next()).toString();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

package org.bursar.web.internal;

import java.util.List;

/** The texts of the dashboard that tenants say in their own words, in the order in which a customer meets them. */
public final class OwnWords {
    public static final List<String> KEYS = List.of(
            "login.title",
            "login.portal",
            "art.portal",
            "hello",
            "disabled.message",
            "standing.locked",
            "standing.past_due",
            "standing.suspended",
            "standing.cancelled",
            "suspended.portal",
            "balance.low",
            "buy.credit",
            "buy.text",
            "pay.transfer.text",
            "pay.wait",
            "purchases.own.text",
            "purchases.none.text",
            "people.text",
            "chats.none",
            "help");

    private OwnWords() {}
}

package org.bursar.web.internal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Entries of the audit log in words. */
public final class AuditText {
    private static final int MOST = 6;
    private static final int LONGEST = 80;
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[\\d:.]{5,18}Z");

    private AuditText() {}

    /** What was done; an action that has no words yet is shown by its name. */
    public static String said(Frame frame, Facts entry) {
        String action = entry.text("action");
        return frame.knows("audit." + action)
                ? frame.t("audit." + action)
                : action.replace('.', ' ').replace('-', ' ');
    }

    /** The outline that stands before a line: by what was done where that has one of its own, else by what it was done to. */
    public static String icon(String action) {
        return switch (action) {
            case "purchase.approved" -> "cash";
            case "subscription.set-add-on", "add-on.create", "add-on.update" -> "bolt";
            case "subscription.renew" -> "receipt";
            case "subscription.lock" -> "lock";
            case "subscription.unlock" -> "lock-open";
            case "customer.view" -> "eye";
            case "customer.suspend", "customer.deactivate", "user.disable" -> "ban";
            case "customer.delete", "customer.erase", "user.delete" -> "trash";
            case "user.create", "user.renew" -> "user-plus";
            case "user.password", "user.password-reset" -> "key";
            case "user.welcome", "user.email" -> "mail";
            default -> about(action.contains(".") ? action.substring(0, action.indexOf('.')) : action);
        };
    }

    private static String about(String thing) {
        return switch (thing) {
            case "purchase", "refund" -> "receipt";
            case "wallet", "credit", "spend_cap", "wholesale" -> "wallet";
            case "user" -> "user";
            case "membership" -> "users";
            case "session", "second-factor", "api-key" -> "key";
            case "permission-set" -> "lock";
            case "subscription", "top-up" -> "refresh";
            case "usage", "usage-cycle", "meter" -> "activity";
            case "plan", "package" -> "stack";
            case "saved-method", "gateway" -> "card";
            case "thread" -> "messages";
            case "customer", "tenant", "workspace" -> "building";
            case "balance-alert" -> "bell";
            case "mail" -> "mail";
            case "webhook-endpoint", "webhook-delivery" -> "send";
            case "brand", "texts", "domain" -> "palette";
            case "clock" -> "clock";
            default -> "history";
        };
    }

    /** What was different afterwards: name, before and after. */
    public static String changed(Frame frame, Facts entry) {
        Map<String, String> before = new LinkedHashMap<>();
        entry.at("before").members().forEach(member -> before.put(member.name(), member.shown()));
        List<String> parts = new ArrayList<>();
        for (Facts.Member member : entry.at("after").members()) {
            String was = before.getOrDefault(member.name(), "");
            String is = member.shown();
            // what has parts of its own is told by the operation's answer, not in a line
            boolean line = !is.startsWith("{") && !is.startsWith("[") && !is.equals("null");
            if (!was.equals(is) && parts.size() < MOST && line) {
                parts.add(named(member.name())
                        + ' '
                        + (was.isEmpty() || was.equals("null") ? "" : shown(frame, was) + " → ")
                        + shown(frame, is));
            }
        }
        return String.join(", ", parts);
    }

    /** {@code paidUntil} as people write it. */
    private static String named(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }

    /** A time or a state in the words of the pages; anything else as it is. */
    private static String shown(Frame frame, String value) {
        try {
            return INSTANT.matcher(value).matches() ? frame.show().record(Instant.parse(value)) : worded(frame, value);
        } catch (DateTimeParseException e) {
            return cut(value);
        }
    }

    private static String worded(Frame frame, String value) {
        return value.matches("[a-z_]{1,40}") && frame.knows("state." + value) ? frame.t("state." + value) : cut(value);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}

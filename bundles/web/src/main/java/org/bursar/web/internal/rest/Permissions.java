package org.bursar.web.internal.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The permissions as forms offer them: by what they are about, each a box of its own. Identity decides what can be given. */
public final class Permissions {
    /** For users of customers. */
    static final Map<String, List<String>> CUSTOMERS = groups(
            "threads:read,write",
            "wallets:read",
            "usage:read",
            "purchases:read,write",
            "packages:read",
            "gateways:read",
            "subscriptions:read",
            "plans:read",
            "reports:read",
            "users:read,write",
            "caps:read,write",
            "permission-sets:read,write",
            "customers:read",
            "workspaces:read",
            "access:read");

    /** For an agency's staff and its programs. */
    static final Map<String, List<String>> AGENCY = groups(
            "customers:read,write",
            "users:read,write",
            "subscriptions:read,write",
            "wallets:read,adjust",
            "caps:read,write",
            "purchases:read,write,approve",
            "packages:read,write",
            "threads:read,write",
            "reports:read,profitability",
            "plans:read,write",
            "gateways:read,write",
            "workspaces:read,write",
            "permission-sets:read,write",
            "api-keys:read,write",
            "webhooks:read,write",
            "brand:read,write",
            "domains:read,write",
            "audit:read",
            "access:read",
            "usage:read,write",
            "holds:read,write",
            "leases:read,write",
            "mails:read",
            "clock:read,write");

    private Permissions() {}

    private static Map<String, List<String>> groups(String... groups) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String group : groups) {
            int colon = group.indexOf(':');
            List<String> verbs = new ArrayList<>();
            for (String verb : group.substring(colon + 1).split(",", -1)) {
                verbs.add(group.substring(0, colon + 1) + verb);
            }
            all.put(group.substring(0, colon), List.copyOf(verbs));
        }
        return all;
    }

    /** Those that the visitor has, since nobody gives what they do not have. */
    static Map<String, List<String>> grantable(Map<String, List<String>> groups, Predicate<String> may) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        groups.forEach((group, permissions) -> {
            List<String> own = permissions.stream().filter(may).toList();
            if (!own.isEmpty()) {
                all.put(group, own);
            }
        });
        return all;
    }

    /** With all of a group instead of its star. */
    static List<String> spread(List<String> permissions) {
        List<String> all = new ArrayList<>();
        for (String permission : permissions) {
            if (permission.equals("*")) {
                CUSTOMERS.values().forEach(all::addAll);
            } else if (permission.endsWith(":*")) {
                String group = permission.substring(0, permission.length() - 2);
                all.addAll(CUSTOMERS.getOrDefault(group, AGENCY.getOrDefault(group, List.of(permission))));
            } else {
                all.add(permission);
            }
        }
        return all;
    }
}

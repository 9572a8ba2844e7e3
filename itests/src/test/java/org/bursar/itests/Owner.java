package org.bursar.itests;

import static org.junit.Assert.assertFalse;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who owns things: a tenant, or one of its customers. Whatever text of its own is stored contains a canary. */
final class Owner {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz23456789";

    /** In place of the id of somebody whom there is not. */
    static final String NOBODY = "none";

    final String name;
    /** The tenant of a customer; itself for a tenant. */
    final Owner tenant;

    final List<Owner> customers = new ArrayList<>();
    /** Those who call in its name, by role. */
    final Map<String, Http> callers = new LinkedHashMap<>();

    private final Map<String, List<String>> things = new TreeMap<>();
    private final Map<String, String> canaries = new TreeMap<>();

    private Owner(String name, Owner tenant) {
        this.name = name;
        this.tenant = tenant == null ? this : tenant;
    }

    static Owner tenant(String name) {
        return new Owner(name, null);
    }

    Owner customer(String customer) {
        Owner owner = new Owner(name + "'s " + customer, this);
        customers.add(owner);
        return owner;
    }

    /** A text that nobody can guess and nobody else has, for one kind of thing. */
    String canary(String kind) {
        return canaries.computeIfAbsent(kind, any -> {
            StringBuilder text = new StringBuilder("zq");
            for (int length = 0; length < 16; length++) {
                text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
            }
            return text.toString();
        });
    }

    String keep(String kind, String id) {
        things.computeIfAbsent(kind, any -> new ArrayList<>()).add(id);
        return id;
    }

    /** The first thing of its kind: a customer's own, else its tenant's. */
    String id(String kind) {
        List<String> own = things.getOrDefault(kind, List.of());
        if (own.isEmpty() && tenant != this) {
            return tenant.id(kind);
        }
        assertFalse(name + " has no " + kind, own.isEmpty());
        return own.get(0);
    }

    List<String> ids(String kind) {
        return things.getOrDefault(kind, List.of());
    }

    /** Its things of that kind and those of its customers. */
    List<String> all(String kind) {
        List<String> all = new ArrayList<>(ids(kind));
        customers.forEach(customer -> all.addAll(customer.ids(kind)));
        return all;
    }

    /** What must not be seen by others: its canaries and its things' ids. */
    Set<String> secrets() {
        Set<String> secrets = new TreeSet<>(canaries.values());
        things.values()
                .forEach(ids -> ids.stream().filter(id -> id.contains("_")).forEach(secrets::add));
        return secrets;
    }

    /** The same with those of its customers. */
    Set<String> allSecrets() {
        Set<String> secrets = secrets();
        customers.forEach(customer -> secrets.addAll(customer.secrets()));
        return secrets;
    }

    @Override
    public String toString() {
        return name;
    }
}

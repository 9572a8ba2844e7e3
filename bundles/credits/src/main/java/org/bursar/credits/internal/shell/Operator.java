package org.bursar.credits.internal.shell;

import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantDirectory;
import org.bursar.kernel.TenantId;

/** What commands share: the operator's scope, ids as typed. Whatever is wrong ends the command with a sentence. */
final class Operator {
    private Operator() {}

    static Scope scope(TenantDirectory tenants, String slug) {
        TenantId tenant =
                tenants.bySlug(slug).orElseThrow(() -> new IllegalArgumentException("there is no tenant " + slug));
        return scope(tenant);
    }

    static Scope scope(TenantId tenant) {
        return Scope.of(tenant, new Actor(Actor.Kind.OPERATOR, "operator", "operator"));
    }

    static CustomerId customer(String id) {
        try {
            return CustomerId.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a customer's id, which begins with cus_: " + id, e);
        }
    }

    /** A refusal in words, each field's too. */
    static IllegalArgumentException refused(ProblemException refusal) {
        StringBuilder text = new StringBuilder(refusal.problem().detail());
        if (refusal.problem().errors().size() > 1) {
            refusal.problem()
                    .errors()
                    .forEach(error -> text.append("; ")
                            .append(error.pointer())
                            .append(": ")
                            .append(error.detail()));
        }
        return new IllegalArgumentException(text.toString(), refusal);
    }
}

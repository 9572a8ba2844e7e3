package org.bursar.customers.internal;

import java.util.List;
import java.util.Set;
import org.bursar.customers.Access;
import org.bursar.customers.AccessReason;

/** What every rule says of a customer, so that a question that leaves some of them out is answered from the same memory. */
record RuleAnswers(List<Against> against) {
    RuleAnswers {
        against = List.copyOf(against);
    }

    /** What one rule says against serving. */
    record Against(String rule, AccessReason reason) {}

    Access.Decision except(Set<String> rules) {
        return new Access.Decision(against.stream()
                .filter(each -> !rules.contains(each.rule()))
                .map(Against::reason)
                .toList());
    }

    boolean allowed() {
        return against.isEmpty();
    }

    /** Whether a rule is not there. */
    boolean notReady() {
        return except(Set.of()).notReady();
    }
}

package org.bursar.chathistory.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.bursar.chathistory.internal.sql.ThreadMapper;
import org.bursar.identity.Audit;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Scope;
import org.bursar.kernel.ThreadId;

/**
 * Records who of the staff reads chats. Once for each reader, subject and hour: paging through a conversation is one reading,
 * and the audit log stays readable.
 */
final class ReadingLog {
    private static final String EVERY_THREAD = "threads";

    private final Clock clock;
    private final ThreadMapper mapper;
    private final Audit audit;

    ReadingLog(Clock clock, ThreadMapper mapper, Audit audit) {
        this.clock = clock;
        this.mapper = mapper;
        this.audit = audit;
    }

    Audit audit() {
        return audit;
    }

    /** Somebody reads what was said in a thread. */
    void thread(Scope scope, ThreadId thread, CustomerId customer) {
        record(scope, "thread.read", thread.toString(), Optional.of(customer));
    }

    /** Somebody reads the latest messages in a list: a customer's, or everybody's. */
    void list(Scope scope, Optional<CustomerId> customer) {
        record(scope, "thread.list", customer.map(CustomerId::toString).orElse(EVERY_THREAD), customer);
    }

    private void record(Scope scope, String action, String subject, Optional<CustomerId> customer) {
        // whoever is held to customers reads chats of their own company
        if (scope.customers().isPresent()) {
            return;
        }
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        if (mapper.markRead(scope.tenant(), subject, scope.actor().id(), hour) > 0) {
            audit.record(scope, action, subject, customer, null, null);
        }
    }
}

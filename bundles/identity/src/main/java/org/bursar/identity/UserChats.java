package org.bursar.identity;

import java.util.Collection;
import java.util.Map;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.osgi.annotation.versioning.ConsumerType;

/** How much customers' users chat. Implemented by chat history; without an implementation nothing is told of it. */
@ConsumerType
public interface UserChats {
    /**
     * What of one user there is.
     *
     * @param threads those opened for the user
     * @param messages the user's and the assistant's in them
     */
    record Count(long threads, long messages) {}

    /** The counts of each of these users, exact at that moment; one who never chatted has zeros. One call serves a page. */
    Map<UserId, Count> counts(Scope scope, Collection<UserId> users);
}

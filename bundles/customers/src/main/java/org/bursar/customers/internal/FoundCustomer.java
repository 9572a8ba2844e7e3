package org.bursar.customers.internal;

import java.util.List;
import java.util.Map;
import org.bursar.identity.UserSummary;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/**
 * A customer with what belongs to it elsewhere.
 *
 * @param admin its first admin; null where there is none
 * @param facts the columns of other capabilities, {@code subscriptionStatus} among them; null where their owner is not there
 * @param standing the most restrictive of its states
 */
public record FoundCustomer(
        CustomerRow row,
        List<WorkspaceId> workspaces,
        @Nullable UserSummary admin,
        Map<String, @Nullable Object> facts,
        String standing) {}

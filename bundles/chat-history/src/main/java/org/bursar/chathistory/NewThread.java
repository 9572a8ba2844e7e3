package org.bursar.chathistory;

import java.util.Optional;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Problems;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/**
 * A thread to be opened.
 *
 * @param externalId the caller's own id of it: opening twice with the same one gives the same thread
 */
public record NewThread(
        CustomerId customer,
        String agent,
        Optional<String> externalId,
        Optional<WorkspaceId> workspace,
        Optional<UserId> user) {
    private static final int LONGEST = 200;

    /**
     * Checks what a caller sent.
     *
     * @throws org.bursar.kernel.ProblemException {@code invalid} with a pointer for each field that is wrong
     */
    public static NewThread of(
            @Nullable CustomerId customer,
            @Nullable String agent,
            @Nullable String externalId,
            @Nullable WorkspaceId workspace,
            @Nullable UserId user) {
        Checks checks = new Checks();
        CustomerId whose = checks.present("/customer", customer);
        String name = checks.text("/agent", agent, LONGEST);
        String theirs = checks.optionalText("/externalId", externalId, LONGEST);
        checks.done();
        if (whose == null) {
            throw new AssertionError(Problems.INVALID.code());
        }
        return new NewThread(
                whose, name, Optional.ofNullable(theirs), Optional.ofNullable(workspace), Optional.ofNullable(user));
    }
}

package org.bursar.chathistory.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.bursar.chathistory.NewThread;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/** What opens a thread. */
record ThreadForm(
        @Schema(types = "string") @Nullable CustomerId customer,
        @Nullable String agent,
        @Nullable String externalId,
        @Schema(types = "string") @Nullable WorkspaceId workspace,
        @Schema(types = "string") @Nullable UserId user) {
    static final ThreadForm EMPTY = new ThreadForm(null, null, null, null, null);

    NewThread thread() {
        return NewThread.of(customer, agent, externalId, workspace, user);
    }
}

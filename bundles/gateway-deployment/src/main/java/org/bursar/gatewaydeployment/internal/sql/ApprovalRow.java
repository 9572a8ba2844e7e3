package org.bursar.gatewaydeployment.internal.sql;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An approved digest. */
public record ApprovalRow(
        String digest,
        String symbolicName,
        String version,
        Instant chosenAt,
        @Nullable String quarantine) {}

package org.bursar.tenancy;

import java.util.Collection;
import java.util.Set;
import org.bursar.kernel.Scope;
import org.bursar.kernel.WorkspaceId;
import org.osgi.annotation.versioning.ProviderType;

/** Workspaces as other capabilities need them. */
@ProviderType
public interface Workspaces {
    /**
     * Which of these the tenant has; they cannot be deleted before the caller's transaction, which this joins, has
     * ended.
     */
    Set<WorkspaceId> existing(Scope scope, Collection<WorkspaceId> workspaces);
}

package org.bursar.tenancy;

import java.util.Set;
import org.bursar.kernel.Scope;
import org.bursar.kernel.WorkspaceId;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Who uses which workspace. Any number of capabilities may implement it; each speaks for what it keeps. Both join the
 * caller's transaction.
 */
@ConsumerType
public interface WorkspaceUse {
    /** Whether anything refers to the workspace, which is locked against new uses. */
    boolean used(Scope scope, WorkspaceId workspace);

    /** Of a scope that is held to customers: the workspaces that these may use. They see no other. */
    Set<WorkspaceId> usable(Scope scope);
}

package org.bursar.tenancy;

import org.bursar.kernel.ProblemCode;

/** What tenancy refuses with. */
public final class TenancyProblems {
    public static final ProblemCode SLUG_TAKEN =
            new ProblemCode("slug_taken", 409, "The slug is in use", "Choose another one.");
    public static final ProblemCode HOST_TAKEN =
            new ProblemCode("host_taken", 409, "The host is in use", "Check the name; a host leads to one tenant.");
    public static final ProblemCode NAME_TAKEN =
            new ProblemCode("name_taken", 409, "The name is in use", "Use another name.");
    public static final ProblemCode WORKSPACE_IN_USE =
            new ProblemCode("workspace_in_use", 409, "Customers use this workspace", "Take it from them first.");

    private TenancyProblems() {}
}

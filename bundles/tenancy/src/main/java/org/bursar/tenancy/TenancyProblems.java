package org.bursar.tenancy;

import org.bursar.kernel.FieldCode;
import org.bursar.kernel.ProblemCode;

/** What tenancy refuses with. */
public final class TenancyProblems {
    public static final ProblemCode NOT_A_SANDBOX = new ProblemCode(
            "not_a_sandbox",
            409,
            "The tenant is no sandbox",
            "Only a sandbox has a clock of its own; the time of every other tenant is the real one.",
            "Create a tenant with \"sandbox\": true (POST /api/v1/tenants); an ordinary tenant never becomes one.");
    public static final ProblemCode SLUG_TAKEN = new ProblemCode(
            "slug_taken",
            409,
            "The slug is in use",
            "Another tenant has the slug.",
            "Choose another slug; slugs never change, so choose well.");
    public static final ProblemCode HOST_TAKEN = new ProblemCode(
            "host_taken",
            409,
            "The host is in use",
            "A host leads to one tenant, and this one leads to a tenant already.",
            "Check the name; if the host is yours, ask the platform's operator.");
    public static final ProblemCode WORKSPACE_IN_USE = new ProblemCode(
            "workspace_in_use",
            409,
            "Customers use this workspace",
            "The workspace cannot be deleted while customers may use it.",
            "Take it from them first (PUT /api/v1/customers/{id}/workspaces).");

    public static final FieldCode INVALID_COLOUR =
            new FieldCode("invalid_colour", "The text is no colour such as #1f6feb.");
    public static final FieldCode INVALID_HOST = new FieldCode("invalid_host", "The text is no host name.");
    public static final FieldCode INVALID_LOGO = new FieldCode(
            "invalid_logo",
            "The file is neither a PNG of at most 4,096 by 4,096 nor an SVG without a document type, or no Base64.");
    public static final FieldCode INVALID_SLUG = new FieldCode(
            "invalid_slug",
            "The slug is too short, too long, or has other characters than lower case letters, digits and "
                    + "single hyphens.");
    public static final FieldCode INVALID_TIME_ZONE =
            new FieldCode("invalid_time_zone", "There is no such time zone in the IANA database.");
    public static final FieldCode INVALID_UNIT =
            new FieldCode("invalid_unit", "The unit is neither an ISO 4217 currency nor a name in lower case.");

    private TenancyProblems() {}
}

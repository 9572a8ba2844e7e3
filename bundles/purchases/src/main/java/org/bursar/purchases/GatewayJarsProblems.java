package org.bursar.purchases;

import org.bursar.kernel.ProblemCode;

/** What approving gateways is refused with. */
public final class GatewayJarsProblems {
    public static final ProblemCode GATEWAY_REFUSED = new ProblemCode(
            "gateway_refused",
            409,
            "This jar cannot be a gateway",
            "It cannot be read, or it is or wants what a gateway may not; the detail says what.",
            "Put a jar that is built as docs/operate.md says into the folder, and approve that one.");
    public static final ProblemCode GATEWAY_NOT_APPROVED = new ProblemCode(
            "gateway_not_approved",
            409,
            "Nobody has approved this jar",
            "A version that is not approved, or whose file has changed since, never runs.",
            "POST /api/v1/gateways/{digest}/approve first.");

    private GatewayJarsProblems() {}
}

package org.bursar.purchases;

import org.bursar.kernel.ProblemCode;

/** What purchases refuse with. */
public final class PurchasesProblems {
    public static final ProblemCode GATEWAY_UNAVAILABLE = new ProblemCode(
            "gateway_unavailable",
            409,
            "The payment method is not available",
            "Choose another gateway, or try again later.");
    public static final ProblemCode GATEWAY_NOT_CONFIGURED = new ProblemCode(
            "gateway_not_configured",
            409,
            "The payment method is not set up",
            "PUT /api/v1/gateways/{id}/settings first.");
    public static final ProblemCode NOT_MANUAL = new ProblemCode(
            "not_manual", 409, "The provider decides, not a person", "Wait for the provider, or use its own pages.");
    public static final ProblemCode WRONG_STATE =
            new ProblemCode("wrong_state", 409, "Not possible in the present state", "Read the purchase first.");

    private PurchasesProblems() {}
}

package org.bursar.purchases;

import org.bursar.kernel.FieldCode;
import org.bursar.kernel.ProblemCode;

/** What purchases refuse with. */
public final class PurchasesProblems {
    public static final ProblemCode GATEWAY_UNAVAILABLE = new ProblemCode(
            "gateway_unavailable",
            409,
            "The payment method is not available",
            "The gateway's bundle is not running, or the tenant has turned the gateway off.",
            "Choose another of GET /api/v1/gateways, or try again later.");
    public static final ProblemCode GATEWAY_NOT_CONFIGURED = new ProblemCode(
            "gateway_not_configured",
            409,
            "The payment method is not set up",
            "The tenant has turned the gateway on, but its required settings are missing.",
            "PUT /api/v1/gateways/{gateway}/settings first.");
    public static final ProblemCode NOT_MANUAL = new ProblemCode(
            "not_manual",
            409,
            "The provider decides, not a person",
            "The purchase is paid through a provider that reports the payment itself.",
            "Wait for the provider, or refund or capture on its own pages.");
    public static final ProblemCode SANDBOX_TAKES_NO_MONEY = new ProblemCode(
            "sandbox_takes_no_money",
            409,
            "A sandbox takes no real money",
            "The tenant is a sandbox, whose time is made up, so what is paid there must be made up too.",
            "Leave the gateway in test mode, or use a tenant that is no sandbox.");
    public static final ProblemCode WRONG_STATE = new ProblemCode(
            "wrong_state",
            409,
            "Not possible in the present state",
            "The purchase was approved, declined, cancelled or refunded before this request.",
            "GET the purchase, and do what its state allows.");

    public static final FieldCode CURRENCY_NOT_SUPPORTED =
            new FieldCode("currency_not_supported", "The gateway does not take the currency of the price.");
    public static final FieldCode PACKAGE_INACTIVE =
            new FieldCode("package_inactive", "The package is no longer sold.");
    public static final FieldCode WRONG_AMOUNT =
            new FieldCode("wrong_amount", "What was received is not the price of the purchase.");

    private PurchasesProblems() {}
}

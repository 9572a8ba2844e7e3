package org.bursar.purchases;

import org.bursar.kernel.FieldCode;
import org.bursar.kernel.ProblemCode;

/** What purchases refuse with. */
public final class PurchasesProblems {
    public static final ProblemCode GATEWAY_UNAVAILABLE = new ProblemCode(
            "gateway_unavailable",
            409,
            "The payment method is not available",
            "The gateway's bundle is not running or is being replaced, or the tenant has turned the gateway off.",
            "Choose another of GET /api/v1/gateways, or try again later.");
    public static final ProblemCode GATEWAY_NOT_CONFIGURED = new ProblemCode(
            "gateway_not_configured",
            409,
            "The payment method is not set up",
            "The tenant has turned the gateway on, but its required settings are missing.",
            "PUT /api/v1/gateways/{gateway}/settings first.");
    public static final ProblemCode NO_WEBHOOKS = new ProblemCode(
            "no_webhooks",
            409,
            "The gateway takes no webhooks",
            "People decide about payments through this gateway, so no provider sends anything.",
            "Nothing is to be set up.");
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
    public static final ProblemCode WEBHOOK_REJECTED = new ProblemCode(
            "webhook_rejected",
            400,
            "The webhook is not to be believed",
            "Its signature, age, account or mode is not what the gateway's settings say, or it cannot be read. Nothing of it was"
                    + " used; it is kept for the tenant's operator.",
            "Enter the provider's present signing secret in the gateway's settings, then let the provider send it again.");
    public static final ProblemCode WEBHOOK_NOT_REGISTERED = new ProblemCode(
            "webhook_not_registered",
            409,
            "The provider was not told the webhook address",
            "The gateway cannot register addresses, the settings do not allow it, or the provider refused or did not answer.",
            "Do what the detail says and ask again, or enter the address on the provider's own pages and its signing secret in"
                    + " the gateway's settings.");
    public static final ProblemCode WRONG_STATE = new ProblemCode(
            "wrong_state",
            409,
            "Not possible in the present state",
            "The purchase was approved, declined, cancelled or refunded before this request.",
            "GET the purchase, and do what its state allows.");

    public static final ProblemCode REFUND_NOT_SUPPORTED = new ProblemCode(
            "refund_not_supported",
            409,
            "The gateway cannot pay back",
            "The payment's gateway has no way to refund, or none to refund a part of a payment.",
            "Refund on the provider's own pages, or the whole amount; what was paid back there is seen here and settled.");

    public static final ProblemCode NO_PORTAL = new ProblemCode(
            "no_portal",
            409,
            "There are no pages of the provider for it",
            "The payment method was removed, its gateway offers no pages on which payers look after their methods, or the provider"
                    + " refuses to open them.",
            "Remove the method here, or save another; if the provider refuses, do what the detail says in its own settings.");

    public static final ProblemCode PLAN_COLLECTED = new ProblemCode(
            "plan_collected",
            409,
            "The plan is paid through a provider already",
            "A payment provider charges the price of this plan in each cycle, since an earlier purchase.",
            "Leave it, or cancel the subscription first; another plan may be taken at once and takes its place.");
    public static final ProblemCode PLANS_UNAVAILABLE = new ProblemCode(
            "plans_unavailable",
            409,
            "Plans are not available",
            "The bundle that keeps plans is not running or is being replaced.",
            "Try again later.");

    public static final FieldCode METHOD_NOT_KEPT =
            new FieldCode("method_not_kept", "The gateway cannot keep a payment method, or not this one.");
    public static final FieldCode MORE_THAN_REFUNDABLE = new FieldCode(
            "more_than_refundable", "The amount is more than what came, less what went back or is on its way back.");
    public static final FieldCode PLANS_NOT_COLLECTED =
            new FieldCode("plans_not_collected", "The gateway cannot charge the price of a plan in each cycle.");
    public static final FieldCode CURRENCY_NOT_SUPPORTED =
            new FieldCode("currency_not_supported", "The gateway does not take the currency of the price.");
    public static final FieldCode PACKAGE_INACTIVE =
            new FieldCode("package_inactive", "The package is no longer sold.");
    public static final FieldCode SLIP_TOO_LARGE = new FieldCode("slip_too_large", "The slip has more than 5 MiB.");
    public static final FieldCode SLIP_TYPE = new FieldCode(
            "slip_type", "The slip's bytes are neither a PDF nor a PNG nor a JPEG, whatever its name says.");
    public static final FieldCode WRONG_AMOUNT =
            new FieldCode("wrong_amount", "What was received is not the price of the purchase.");

    private PurchasesProblems() {}
}

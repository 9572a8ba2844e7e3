package org.bursar.webhooks;

import org.bursar.kernel.FieldCode;
import org.bursar.kernel.ProblemCode;

/** What webhooks refuse with. */
public final class WebhooksProblems {
    public static final ProblemCode TOO_MANY_ENDPOINTS = new ProblemCode(
            "too_many_endpoints",
            409,
            "The tenant has as many addresses as it may",
            "A tenant has at most 20 webhook endpoints.",
            "Delete one that is not used, or let one address want more events.");
    public static final ProblemCode ENDPOINT_DISABLED = new ProblemCode(
            "endpoint_disabled",
            409,
            "The address is turned off",
            "Nothing is sent to an endpoint that is disabled or has failed for days.",
            "PATCH the endpoint with enabled true first, then replay.");

    public static final FieldCode NOT_AN_HTTPS_ADDRESS = new FieldCode(
            "not_an_https_address", "The address is not an absolute https URL without user, password and fragment.");
    public static final FieldCode PRIVATE_ADDRESS =
            new FieldCode("private_address", "The address is in a private, local or reserved network.");
    public static final FieldCode UNKNOWN_EVENT =
            new FieldCode("unknown_event", "No type of event, group of types such as purchase.*, or * has this name.");

    private WebhooksProblems() {}
}

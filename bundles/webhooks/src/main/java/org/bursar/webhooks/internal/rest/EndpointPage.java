package org.bursar.webhooks.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of addresses, for the OpenAPI document. */
@Schema(name = "WebhookEndpointPage")
record EndpointPage(List<EndpointJson> items, @Nullable String next) {}

package org.bursar.webhooks.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of deliveries, for the OpenAPI document. */
@Schema(name = "WebhookDeliveryPage")
record DeliveryPage(List<DeliveryJson> items, @Nullable String next) {}

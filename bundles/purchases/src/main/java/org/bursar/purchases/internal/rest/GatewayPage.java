package org.bursar.purchases.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of gateways, for the OpenAPI document. */
record GatewayPage(List<GatewayJson> items, @Nullable String next) {}

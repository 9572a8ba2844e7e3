package org.bursar.credits.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of wallets, for the OpenAPI document. */
record WalletList(List<WalletJson> items, @Nullable String next) {}

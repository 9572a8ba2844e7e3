package org.bursar.purchases.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of packages, for the OpenAPI document. */
record PackagePage(List<PackageJson> items, @Nullable String next) {}

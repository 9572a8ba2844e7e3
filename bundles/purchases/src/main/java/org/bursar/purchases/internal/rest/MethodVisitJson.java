package org.bursar.purchases.internal.rest;

import java.net.URI;

/** Where a payer looks after its methods at the provider: an https address, good for one visit, and for nobody else. */
record MethodVisitJson(URI url) {}

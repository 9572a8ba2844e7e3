/** Customers and access over HTTP. */
@NullMarked
package org.bursar.customers.internal.rest;

import org.jspecify.annotations.NullMarked;

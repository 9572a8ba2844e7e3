/** Paths of webhooks. */
@NullMarked
package org.bursar.webhooks.internal.rest;

import org.jspecify.annotations.NullMarked;

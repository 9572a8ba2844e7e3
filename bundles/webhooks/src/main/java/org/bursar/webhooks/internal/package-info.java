/** The outbox, and what sends from it. */
@NullMarked
package org.bursar.webhooks.internal;

import org.jspecify.annotations.NullMarked;

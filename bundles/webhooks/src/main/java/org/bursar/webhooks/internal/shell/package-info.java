/** Shell commands of webhooks. */
@NullMarked
package org.bursar.webhooks.internal.shell;

import org.jspecify.annotations.NullMarked;

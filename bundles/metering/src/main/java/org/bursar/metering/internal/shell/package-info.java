/** Shell commands of metering. */
@NullMarked
package org.bursar.metering.internal.shell;

import org.jspecify.annotations.NullMarked;

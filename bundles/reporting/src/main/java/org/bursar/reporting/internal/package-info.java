/** How reports are made. */
@NullMarked
package org.bursar.reporting.internal;

import org.jspecify.annotations.NullMarked;

/** Shell commands of reporting. */
@NullMarked
package org.bursar.reporting.internal.shell;

import org.jspecify.annotations.NullMarked;

/** Shell commands of purchases. */
@NullMarked
package org.bursar.purchases.internal.shell;

import org.jspecify.annotations.NullMarked;

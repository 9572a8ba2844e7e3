/** Shell commands of plans. */
@NullMarked
package org.bursar.plans.internal.shell;

import org.jspecify.annotations.NullMarked;

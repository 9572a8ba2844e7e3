@NullMarked
package org.bursar.credits.internal.shell;

import org.jspecify.annotations.NullMarked;

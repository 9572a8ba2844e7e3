@NullMarked
package org.bursar.credits.internal;

import org.jspecify.annotations.NullMarked;

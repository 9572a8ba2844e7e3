@NullMarked
package org.bursar.kernel.internal;

import org.jspecify.annotations.NullMarked;

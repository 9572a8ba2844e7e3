@NullMarked
package org.bursar.metrics.internal;

import org.jspecify.annotations.NullMarked;

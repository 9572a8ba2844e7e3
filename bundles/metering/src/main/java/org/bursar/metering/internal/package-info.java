@NullMarked
package org.bursar.metering.internal;

import org.jspecify.annotations.NullMarked;

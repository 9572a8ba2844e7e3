@NullMarked
package org.bursar.plans.internal;

import org.jspecify.annotations.NullMarked;

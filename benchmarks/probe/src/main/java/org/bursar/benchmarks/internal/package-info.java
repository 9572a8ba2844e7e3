@NullMarked
package org.bursar.benchmarks.internal;

import org.jspecify.annotations.NullMarked;

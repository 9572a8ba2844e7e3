@NullMarked
package org.bursar.jobs.internal;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.bursar.jobs.internal.shell;

import org.jspecify.annotations.NullMarked;

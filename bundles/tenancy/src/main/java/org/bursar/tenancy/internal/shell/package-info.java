@NullMarked
package org.bursar.tenancy.internal.shell;

import org.jspecify.annotations.NullMarked;

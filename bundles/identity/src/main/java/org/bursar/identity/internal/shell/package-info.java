@NullMarked
package org.bursar.identity.internal.shell;

import org.jspecify.annotations.NullMarked;

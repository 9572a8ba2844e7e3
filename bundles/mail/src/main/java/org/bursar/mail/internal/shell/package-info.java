@NullMarked
package org.bursar.mail.internal.shell;

import org.jspecify.annotations.NullMarked;

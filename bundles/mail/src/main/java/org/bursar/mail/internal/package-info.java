@NullMarked
package org.bursar.mail.internal;

import org.jspecify.annotations.NullMarked;

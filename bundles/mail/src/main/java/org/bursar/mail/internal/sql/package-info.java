@NullMarked
package org.bursar.mail.internal.sql;

import org.jspecify.annotations.NullMarked;

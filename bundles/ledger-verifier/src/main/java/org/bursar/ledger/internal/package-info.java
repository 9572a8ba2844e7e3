@NullMarked
package org.bursar.ledger.internal;

import org.jspecify.annotations.NullMarked;

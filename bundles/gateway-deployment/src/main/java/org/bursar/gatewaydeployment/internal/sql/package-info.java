/** Statements of gateway deployment. */
@NullMarked
package org.bursar.gatewaydeployment.internal.sql;

import org.jspecify.annotations.NullMarked;

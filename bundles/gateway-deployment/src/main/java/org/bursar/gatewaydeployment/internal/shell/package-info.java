/** Commands of gateway deployment. */
@NullMarked
package org.bursar.gatewaydeployment.internal.shell;

import org.jspecify.annotations.NullMarked;

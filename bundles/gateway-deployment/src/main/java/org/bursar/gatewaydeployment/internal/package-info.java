/** Gateways from jars in a folder. */
@NullMarked
package org.bursar.gatewaydeployment.internal;

import org.jspecify.annotations.NullMarked;

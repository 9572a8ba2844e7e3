package org.bursar.purchases;

/**
 * A gateway as the platform sees it.
 *
 * @param bundle the symbolic name
 * @param apiRange which versions of the payments SPI it takes
 */
public record GatewayBundle(String id, String bundle, String version, String apiRange, GatewayInfo.State state) {}

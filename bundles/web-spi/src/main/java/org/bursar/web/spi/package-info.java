/**
 * What a bundle implements that adds to the console and the dashboard: {@link org.bursar.web.spi.NavigationItem}, {@link
 * org.bursar.web.spi.Page} and {@link org.bursar.web.spi.Slot}, registered as services. JDK types only. {@code @ProviderType}s are given
 * by the platform and may grow methods in a minor version.
 */
@Export
@Version("1.1.0")
@NullMarked
package org.bursar.web.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

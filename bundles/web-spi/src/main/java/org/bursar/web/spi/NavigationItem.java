package org.bursar.web.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An item of the navigation. The service's properties say everything ({@link Navigation}) and nothing of it is called, so that no
 * navigation waits for a bundle or breaks with one. It is there while the service is.
 */
@ConsumerType
public interface NavigationItem {}

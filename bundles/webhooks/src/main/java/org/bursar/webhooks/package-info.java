/** What is told to tenants' own systems: announcements of other capabilities, addresses, deliveries. */
@Export
@Version("1.0.0")
@NullMarked
package org.bursar.webhooks;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** What a capability needs to serve HTTP: paths, permissions, the call, the caller. */
@Export
@Version("1.0.0")
@NullMarked
package org.bursar.rest;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

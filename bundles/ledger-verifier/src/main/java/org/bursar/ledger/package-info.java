/**
 * How ledger entries are hashed, sealed and exported. It knows the JDK alone: credits seals with it, and the program in this jar
 * checks an export with the same classes, far from any platform.
 */
@Export
@Version("1.0.0")
@NullMarked
package org.bursar.ledger;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

package org.bursar.gatewaydeployment.internal;

import org.jspecify.annotations.Nullable;

/**
 * What a jar says of itself, read without running anything of it.
 *
 * @param file its name in the folder
 * @param digest SHA-256, 64 hexadecimal digits; empty when the file is too large to be read
 * @param id the gateway's id as its component says, else the symbolic name, else the file's name
 * @param symbolicName empty when it is no bundle
 * @param fault why it cannot be approved; null when it can
 */
record GatewayJar(
        String file,
        String digest,
        String id,
        String symbolicName,
        String version,
        String apiRange,
        @Nullable String signer,
        @Nullable String fault) {
    /** A file that says nothing that could be used. */
    static GatewayJar unusable(String file, String digest, String fault) {
        return new GatewayJar(file, digest, file, "", "", "", null, fault);
    }

    boolean sound() {
        return fault == null;
    }

    /** The same jar under another name. */
    GatewayJar named(String name) {
        return new GatewayJar(name, digest, id, symbolicName, version, apiRange, signer, fault);
    }
}

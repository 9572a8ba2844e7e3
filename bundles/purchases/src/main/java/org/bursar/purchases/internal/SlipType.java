package org.bursar.purchases.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a slip may be, told by its first bytes: neither its name nor what the sender calls it counts. */
enum SlipType {
    PDF("application/pdf", "pdf", "%PDF-"),
    PNG("image/png", "png", "\u0089PNG\r\n\u001a\n"),
    JPEG("image/jpeg", "jpg", "\u00ff\u00d8\u00ff");

    private final String mediaType;
    private final String extension;
    private final String first;

    SlipType(String mediaType, String extension, String first) {
        this.mediaType = mediaType;
        this.extension = extension;
        this.first = first;
    }

    String mediaType() {
        return mediaType;
    }

    String extension() {
        return extension;
    }

    static Optional<SlipType> of(byte[] content) {
        return Arrays.stream(values())
                .filter(type -> content.length > type.first.length()
                        && type.first.equals(new String(content, 0, type.first.length(), StandardCharsets.ISO_8859_1)))
                .findFirst();
    }

    static Optional<SlipType> named(String mediaType) {
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .findFirst();
    }
}

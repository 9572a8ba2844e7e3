package org.bursar.tenancy;

/**
 * A tenant's picture, safe to be shown by itself as a file.
 *
 * @param mediaType {@code image/png} or {@code image/svg+xml}
 * @param digest of the content, 32 hexadecimal digits: another picture has another
 */
public record Logo(String mediaType, byte[] content, String digest) {
    /** What its file is called: {@code 1f…9a.png}. */
    public String fileName() {
        return digest + (mediaType.equals("image/png") ? ".png" : ".svg");
    }

    @Override
    public String toString() {
        return fileName();
    }
}

package org.bursar.tenancy.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a file is by its own bytes, whatever its sender calls it, and what of it is kept.
 *
 * @param mediaType {@code image/png} or {@code image/svg+xml}
 * @param content of a PNG up to its end, of an SVG what is drawn in it
 */
record LogoFile(String mediaType, byte[] content) {
    /** As it is sent; a drawing that is written anew is at most twice that. */
    static final int LARGEST = 64 * 1024;

    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final int HEAD = 33;
    private static final int WIDEST = 4_096;
    /** Length, name and checksum of a part of a PNG. */
    private static final int AROUND = 12;

    /** Empty when the file is neither a PNG of at most 4,096 by 4,096 nor an SVG. */
    static Optional<LogoFile> of(byte[] file) {
        return file.length > PNG.length && Arrays.equals(file, 0, PNG.length, PNG, 0, PNG.length)
                ? png(file)
                : SvgCleaning.of(file)
                        .filter(drawing -> drawing.length <= 2 * LARGEST)
                        .map(drawing -> new LogoFile("image/svg+xml", drawing));
    }

    private static Optional<LogoFile> png(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (file.length < HEAD
                || !name(file, PNG.length).equals("IHDR")
                || !fits(bytes.getInt(16))
                || !fits(bytes.getInt(20))) {
            return Optional.empty();
        }
        int at = PNG.length;
        while (at <= file.length - AROUND) {
            int length = bytes.getInt(at);
            if (length < 0 || length > file.length - AROUND - at) {
                return Optional.empty();
            }
            boolean last = name(file, at).equals("IEND");
            at += AROUND + length;
            if (last) {
                return Optional.of(new LogoFile("image/png", Arrays.copyOf(file, at)));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(int side) {
        return side > 0 && side <= WIDEST;
    }

    private static String name(byte[] file, int part) {
        return new String(file, part + 4, 4, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return mediaType + ", " + content.length + " bytes";
    }
}

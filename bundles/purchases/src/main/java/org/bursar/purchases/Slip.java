package org.bursar.purchases;

/**
 * A slip's bytes.
 *
 * @param fileName ours, safe in a header: {@code PUR-10482-slip.pdf}
 */
public record Slip(String fileName, String mediaType, byte[] content) {
    @Override
    public String toString() {
        return fileName;
    }
}

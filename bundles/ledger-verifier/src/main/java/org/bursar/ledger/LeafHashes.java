package org.bursar.ledger;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The leaves of a Merkle tree, as hashes one after the other. A leaf is {@code SHA-256(0x00 ‖ text)}, a node {@code
 * SHA-256(0x01 ‖ left ‖ right)}, so that neither can be taken for the other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1">RFC 9162, section 2.1: Merkle trees</a>
 */
public final class LeafHashes {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] hashes;

    private LeafHashes(byte[] hashes) {
        if (hashes.length % Sha256.BYTES != 0) {
            throw new IllegalArgumentException(hashes.length + " bytes are no row of SHA-256 hashes");
        }
        this.hashes = hashes;
    }

    /** Hashes that are stored one after the other. */
    public static LeafHashes of(byte[] hashes) {
        return new LeafHashes(hashes.clone());
    }

    /** The hashes of leaves, in their order. */
    public static LeafHashes of(List<byte[]> leaves) {
        byte[] hashes = new byte[leaves.size() * Sha256.BYTES];
        for (int i = 0; i < leaves.size(); i++) {
            if (leaves.get(i).length != Sha256.BYTES) {
                throw new IllegalArgumentException("leaf " + i + " is no SHA-256 hash");
            }
            System.arraycopy(leaves.get(i), 0, hashes, i * Sha256.BYTES, Sha256.BYTES);
        }
        return new LeafHashes(hashes);
    }

    /** The hash of a leaf. */
    public static byte[] leaf(byte[] data) {
        MessageDigest digest = Sha256.digest();
        digest.update(LEAF);
        return digest.digest(data);
    }

    /** How many there are. */
    public int size() {
        return hashes.length / Sha256.BYTES;
    }

    /** One of them, counted from 0. */
    public byte[] get(int index) {
        byte[] hash = new byte[Sha256.BYTES];
        System.arraycopy(hashes, index * Sha256.BYTES, hash, 0, Sha256.BYTES);
        return hash;
    }

    /** All of them, one after the other. */
    public byte[] bytes() {
        return hashes.clone();
    }

    /** The tree's root. */
    public byte[] root() {
        MessageDigest digest = Sha256.digest();
        return size() == 0 ? digest.digest() : root(digest, 0, size());
    }

    private byte[] root(MessageDigest digest, int from, int to) {
        if (to - from == 1) {
            return get(from);
        }
        int middle = from + split(to - from);
        byte[] left = root(digest, from, middle);
        byte[] right = root(digest, middle, to);
        return node(digest, left, right);
    }

    /** The largest power of two that is smaller. */
    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }

    private static byte[] node(MessageDigest digest, byte[] left, byte[] right) {
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    /** The audit path of a leaf, from the leaf to the root: with it the leaf alone gives the root. */
    public List<byte[]> path(int index) {
        if (index < 0 || index >= size()) {
            throw new IllegalArgumentException("no leaf " + index + " of " + size());
        }
        List<byte[]> path = new ArrayList<>();
        MessageDigest digest = Sha256.digest();
        int from = 0;
        int to = size();
        while (to - from > 1) {
            int middle = from + split(to - from);
            if (index < middle) {
                path.add(root(digest, middle, to));
                to = middle;
            } else {
                path.add(root(digest, from, middle));
                from = middle;
            }
        }
        Collections.reverse(path);
        return path;
    }

    /**
     * The root that a leaf and its audit path give, by the rules of RFC 9162, section 2.1.3.2.
     *
     * @return empty when no tree of that size has such a path for that leaf
     */
    public static Optional<byte[]> root(byte[] leaf, long index, long size, List<byte[]> path) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        MessageDigest digest = Sha256.digest();
        long fn = index;
        long sn = size - 1;
        byte[] root = leaf;
        for (byte[] sibling : path) {
            if (sn == 0) {
                return Optional.empty();
            }
            if ((fn & 1) == 1 || fn == sn) {
                root = node(digest, sibling, root);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                root = node(digest, root, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 ? Optional.of(root) : Optional.empty();
    }
}

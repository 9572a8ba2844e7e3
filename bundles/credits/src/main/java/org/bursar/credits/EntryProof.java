package org.bursar.credits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves that an entry is in the ledger as it was sealed (RFC 9162, inclusion proof): the leaf's hash and the path give the
 * root that the seal signs. Of other customers' entries it tells hashes alone.
 *
 * @param leaf the entry as it is hashed: {@code SHA-256(0x00 ‖ leaf)}
 * @param leafHash in hex
 * @param index the leaf's place in the tree, counted from 0; the tree's size is the seal's number of entries
 * @param path the hashes beside the way from the leaf to the root, in hex
 * @param reasonSalt the leaf has {@code HMAC-SHA-256(salt, reason)} for a reason; in hex, null without one
 */
public record EntryProof(
        String leaf,
        String leafHash,
        int index,
        List<String> path,
        @Nullable String reasonSalt,
        LedgerSeal seal) {
    public EntryProof {
        path = List.copyOf(path);
    }
}

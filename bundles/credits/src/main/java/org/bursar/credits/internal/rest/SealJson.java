package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.bursar.credits.LedgerSeal;

/** A seal as it travels. */
@Schema(name = "LedgerSeal")
record SealJson(
        @Schema(description = "1, 2, 3 … without a gap") long number,

        @Schema(description = "the place of its first entry among all that were ever sealed, counted from 1")
        long firstEntry,

        @Schema(description = "how many entries it seals: the tree's size")
        int entries,

        @Schema(description = "of the Merkle tree over the entries (RFC 9162), in hex")
        String root,

        @Schema(description = "the hash of the seal before, in hex; zeros in the first")
        String previous,

        Instant sealedAt,
        String keyId,

        @Schema(description = "Ed25519, X.509 form, base 64")
        String publicKey,

        @Schema(description = "of the text, base 64") String signature,

        @Schema(description = "what is signed") String text,

        @Schema(description = "SHA-256 of the text, in hex") String hash) {
    static SealJson of(LedgerSeal seal) {
        return new SealJson(
                seal.number(),
                seal.firstEntry(),
                seal.entries(),
                seal.root(),
                seal.previous(),
                seal.sealedAt(),
                seal.keyId(),
                seal.publicKey(),
                seal.signature(),
                seal.text(),
                seal.hash());
    }
}

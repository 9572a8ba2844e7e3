package org.bursar.credits.internal.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.bursar.credits.EntryProof;
import org.jspecify.annotations.Nullable;

/** The proof of an entry as it travels. */
@Schema(name = "EntryProof")
record ProofJson(
        @Schema(description = "the entry as it is hashed: SHA-256 of a zero byte and this")
        String leaf,

        @Schema(description = "in hex") String leafHash,

        @Schema(description = "the leaf's place in the tree, counted from 0")
        int index,

        @Schema(description = "how many leaves the tree has")
        int treeSize,

        @Schema(description = "the audit path of RFC 9162, from the leaf to the root, in hex")
        List<String> path,

        @Schema(description = "a reason is in the leaf as HMAC-SHA-256 with this key, in hex; null without one")
        @Nullable
        String reasonSalt,

        SealJson seal) {
    static ProofJson of(EntryProof proof) {
        return new ProofJson(
                proof.leaf(),
                proof.leafHash(),
                proof.index(),
                proof.seal().entries(),
                proof.path(),
                proof.reasonSalt(),
                SealJson.of(proof.seal()));
    }
}

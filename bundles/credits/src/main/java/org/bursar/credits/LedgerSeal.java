package org.bursar.credits;

import java.time.Instant;

/**
 * A seal: what the tenant's ledger was at one moment, signed. Hashes are in lower-case hex, key and signature in base 64.
 *
 * @param number 1, 2, 3 … in each tenant
 * @param firstEntry the place of its first entry among all that were ever sealed in the tenant, counted from 1
 * @param entries how many it seals, at least one
 * @param root of the Merkle tree over them
 * @param previous the hash of the seal before; 64 zeros in the first
 * @param keyId which key has signed
 * @param publicKey that key, an Ed25519 public key in its X.509 form
 * @param text what is signed: these very lines in UTF-8
 * @param hash SHA-256 of the text; who keeps it elsewhere can tell later that nothing before it was replaced
 */
public record LedgerSeal(
        long number,
        long firstEntry,
        int entries,
        String root,
        String previous,
        Instant sealedAt,
        String keyId,
        String publicKey,
        String signature,
        String text,
        String hash) {}

package org.bursar.credits.internal;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.bursar.credits.LedgerSeal;
import org.bursar.credits.internal.sql.SealRow;
import org.bursar.kernel.TenantId;
import org.bursar.ledger.Seal;

/** Seals as they are stored, as they are hashed, and as other capabilities see them. */
final class SealRows {
    private static final HexFormat HEX = HexFormat.of();

    private SealRows() {}

    static Seal seal(TenantId tenant, SealRow row) {
        return new Seal(
                tenant.toString(),
                row.number(),
                row.firstEntry(),
                row.entries(),
                HEX.formatHex(row.root()),
                HEX.formatHex(row.previous()),
                row.sealedAt(),
                row.keyId());
    }

    static SealRow row(Seal seal, byte[] signature) {
        return new SealRow(
                seal.number(),
                seal.first(),
                seal.leaves(),
                HEX.parseHex(seal.root()),
                HEX.parseHex(seal.previous()),
                seal.sealedAt(),
                seal.keyId(),
                signature);
    }

    static LedgerSeal shown(TenantId tenant, SealRow row, Map<String, byte[]> publicKeys) {
        byte[] publicKey = publicKeys.get(row.keyId());
        if (publicKey == null) {
            throw new IllegalStateException("the key " + row.keyId() + " of seal " + row.number() + " is not there");
        }
        Seal seal = seal(tenant, row);
        Base64.Encoder base64 = Base64.getEncoder();
        return new LedgerSeal(
                seal.number(),
                seal.first(),
                seal.leaves(),
                seal.root(),
                seal.previous(),
                seal.sealedAt(),
                seal.keyId(),
                base64.encodeToString(publicKey),
                base64.encodeToString(row.signature()),
                seal.text(),
                seal.hash());
    }
}

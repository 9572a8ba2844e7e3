package org.bursar.credits.internal;

import java.util.HexFormat;
import org.bursar.ledger.LedgerLine;

/** Computes what somebody would have to put in the place of a kept hash. */
final class SealForger {
    private final LedgerLine.Entry entry;

    SealForger(String line, String tenant) {
        entry = (LedgerLine.Entry) LedgerLine.parse(line, tenant);
    }

    String leafHash() {
        return HexFormat.of().formatHex(entry.entry().leafHash());
    }
}

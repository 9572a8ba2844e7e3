package org.bursar.ledger;

import java.nio.charset.StandardCharsets;
import org.bursar.ledger.Export.Amount;

/** A small export for tests in other packages. */
public final class ExportFile {
    private static final Export EXPORT = new Export()
            .seal(
                    new Amount(Export.ACME, "500"),
                    new Amount(Export.ACME, "-8.5", "for \"June\"\n— see mail"),
                    new Amount(Export.BOLT, "0.000001"))
            .seal(new Amount(Export.BOLT, "-1"))
            .end();

    public static final byte[] SOUND = EXPORT.text().getBytes(StandardCharsets.UTF_8);

    public static final byte[] PUBLIC_KEY = EXPORT.publicKey();

    public static final byte[] OTHER_KEY = SealKeys.generate().getPublic().getEncoded();

    private ExportFile() {}
}

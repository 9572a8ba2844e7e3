package org.bursar.web.internal;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;

/** A text as a QR code, drawn as one path of an SVG: no picture is fetched and nothing is inline but shapes. */
public final class QrSvg {
    /** Light modules around it, as the standard asks. */
    private static final int QUIET = 4;

    private QrSvg() {}

    /** The path's data, and how many modules wide the drawing is. */
    public record Drawing(String path, int width) {}

    /** Draws it; a text that is too long for any code is drawn as nothing. */
    public static Drawing of(String text) {
        try {
            QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
            StringBuilder path = new StringBuilder();
            for (int y = 0; y < code.size; y++) {
                for (int x = 0; x < code.size; x++) {
                    if (code.getModule(x, y)) {
                        path.append('M')
                                .append(x + QUIET)
                                .append(' ')
                                .append(y + QUIET)
                                .append("h1v1h-1z");
                    }
                }
            }
            return new Drawing(path.toString(), code.size + 2 * QUIET);
        } catch (DataTooLongException e) {
            return new Drawing("", 1);
        }
    }
}

package org.bursar.web.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Style sheet, scripts and typeface: read once, named by a hash of all of them, so that browsers may keep them for ever. */
public final class Assets {
    private static final int HASH_LENGTH = 16;
    private static final Map<String, String> TYPES = Map.of(
            "app.css", "text/css; charset=utf-8",
            "app.js", "text/javascript; charset=utf-8",
            "htmx.min.js", "text/javascript; charset=utf-8",
            "inter-latin-wght-normal.woff2", "font/woff2");

    private final Map<String, Asset> files = new LinkedHashMap<>();
    private final String hash;

    /** A file, as it is and as it travels compressed. */
    public record Asset(String type, byte[] plain, byte[] gzip) {}

    public Assets() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : TYPES.keySet().stream().sorted().toList()) {
                byte[] plain = read("/assets/" + name);
                digest.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update(plain);
                files.put(name, new Asset(String.valueOf(TYPES.get(name)), plain, gzip(plain)));
            }
            hash = HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(String path) throws IOException {
        try (InputStream in = Assets.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("the bundle has no " + path);
            }
            return in.readAllBytes();
        }
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    /** The address of a file. */
    public String path(String name) {
        return "/assets/" + hash + '/' + name;
    }

    /** A file under the present hash; an old page's files are gone with the version that it came from. */
    public Optional<Asset> get(String wanted, String name) {
        return wanted.equals(hash) ? Optional.ofNullable(files.get(name)) : Optional.empty();
    }
}

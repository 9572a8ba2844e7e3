package org.bursar.gatewaydeployment.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who signed a jar. Every entry must be signed by the same, and fit; who vouches for the certificate is not asked. */
final class Signature {
    private static final Pattern OF_SIGNATURES =
            Pattern.compile("META-INF/(MANIFEST\\.MF|SIG-.*|[^/]*\\.(SF|RSA|DSA|EC))");
    private static final long MOST_BYTES = 512L << 20;
    private static final int CHUNK = 1 << 16;

    private Signature() {}

    /** What a signature says. */
    static final class Unfit extends Exception {
        Unfit(String message) {
            super(message);
        }
    }

    /**
     * The names in the certificates of those who signed all of it; null when it is not signed.
     *
     * @throws Unfit when it is signed in part, or was changed afterwards
     */
    static @Nullable String of(Path jar) throws IOException, Unfit {
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            Set<CodeSigner> common = null;
            boolean unsigned = false;
            long left = MOST_BYTES;
            for (JarEntry entry : Collections.list(file.entries())) {
                if (entry.isDirectory()
                        || OF_SIGNATURES
                                .matcher(entry.getName().toUpperCase(Locale.ROOT))
                                .matches()) {
                    continue;
                }
                left = read(file, entry, left);
                CodeSigner[] signers = entry.getCodeSigners();
                if (signers == null) {
                    unsigned = true;
                } else if (common == null) {
                    common = new HashSet<>(List.of(signers));
                } else {
                    common.retainAll(List.of(signers));
                }
            }
            if (common == null) {
                return null;
            }
            if (unsigned || common.isEmpty()) {
                throw new Unfit("it is signed in part only");
            }
            return names(common);
        } catch (SecurityException e) {
            throw new Unfit("its signature does not fit what is in it");
        }
    }

    private static long read(JarFile file, JarEntry entry, long left) throws IOException, Unfit {
        byte[] chunk = new byte[CHUNK];
        long rest = left;
        try (InputStream in = file.getInputStream(entry)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                rest -= read;
                if (rest < 0) {
                    throw new Unfit("it unpacks to more than " + (MOST_BYTES >> 20) + " MiB");
                }
            }
        }
        return rest;
    }

    private static String names(Set<CodeSigner> signers) {
        Set<String> names = new TreeSet<>();
        for (CodeSigner signer : signers) {
            Certificate first = signer.getSignerCertPath().getCertificates().get(0);
            names.add(
                    first instanceof X509Certificate known
                            ? known.getSubjectX500Principal().getName()
                            : first.getType());
        }
        return String.join("; ", names);
    }
}

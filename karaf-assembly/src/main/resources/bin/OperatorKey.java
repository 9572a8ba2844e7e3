import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/**
 * Makes the operator's key pair for the SSH shell: RSA with 3072 bits, the private key in PKCS #8, the public one as OpenSSH
 * writes it (RFC 4253, 6.6). Run by the start script from its source, so that nothing but the JDK is needed.
 */
final class OperatorKey {
    private static final int BITS = 3072;

    private OperatorKey() {}

    public static void main(String[] arguments) throws GeneralSecurityException, IOException {
        Path folder = Path.of(arguments[0]);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        KeyPair pair = generator.generateKeyPair();
        byte[] newLine = {'\n'};
        String privateKey = Base64.getMimeEncoder(64, newLine).encodeToString(pair.getPrivate().getEncoded());
        String publicKey = Base64.getEncoder().encodeToString(openSsh((RSAPublicKey) pair.getPublic()));
        write(folder.resolve("operator.pub"), "ssh-rsa " + publicKey + " operator\n");
        // the private key comes last: where it is, the pair is whole
        write(
                folder.resolve("operator.key"),
                "-----BEGIN PRIVATE KEY-----\n" + privateKey + "\n-----END PRIVATE KEY-----\n");
    }

    private static byte[] openSsh(RSAPublicKey key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        field(out, "ssh-rsa".getBytes(StandardCharsets.US_ASCII));
        field(out, key.getPublicExponent().toByteArray());
        field(out, key.getModulus().toByteArray());
        return bytes.toByteArray();
    }

    private static void field(DataOutputStream out, byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private static void write(Path file, String text) throws IOException {
        Path whole = Files.createTempFile(
                file.getParent(),
                "operator",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(whole, text);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }
}

package org.bursar.database.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.database.internal.sql.KeyMapper;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/** Secrets under a key in a file, which the first start makes unless the operator names one. */
@Component(configurationPid = "org.bursar.database", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class FileSecrets implements Secrets {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final byte[] key;
    private final SecureRandom random = new SecureRandom();

    /** Refuses a key other than the one that this database was first opened with, by whichever node. */
    @Activate
    public FileSecrets(DatabaseConfig config, @Reference Database database, @Reference Clock clock) {
        this(file(config));
        requireFirst(database, clock.instant(), file(config));
    }

    private static Path file(DatabaseConfig config) {
        return config.key_file().isBlank()
                ? made(Path.of(config.data(), "secrets", "key"))
                : Path.of(config.key_file());
    }

    /** Under another key nothing that is sealed could be read, and what is sealed from now on nobody else could read. */
    void requireFirst(Database database, Instant now, Path file) {
        KeyMapper mapper = database.mapper("database", KeyMapper.class);
        byte[] mine = mac("key-check", new byte[0]);
        Scope platform = Scope.of(Scope.PLATFORM, Actor.system("key-check"));
        byte[] first = database.transact(platform, () -> {
            mapper.remember(Scope.PLATFORM, mine, now);
            return mapper.fingerprint(Scope.PLATFORM).fingerprint();
        });
        if (!MessageDigest.isEqual(mine, first)) {
            throw new IllegalStateException("the key in " + file + " is not the one that this database was set up with;"
                    + " every node needs the same (BURSAR_KEY_FILE)");
        }
    }

    /** Reads the key from a file that exists. */
    public FileSecrets(Path file) {
        try {
            key = Base64.getDecoder().decode(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("the key-encryption key cannot be read: " + file, e);
        }
        if (key.length != KEY_BYTES) {
            throw new IllegalStateException(file + " must hold " + KEY_BYTES + " bytes in base 64");
        }
    }

    /** Makes the file with a random key if it is not there, readable by its owner alone. */
    public static Path made(Path file) {
        try {
            Files.createDirectories(
                    file.toAbsolutePath().getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            byte[] fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            Path whole = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "key",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                String text = Base64.getEncoder().encodeToString(fresh) + "\n";
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                // on the disk before anything is sealed with it: after a power cut nobody could open that again
                channel.force(true);
            }
            try {
                // a link fails when the file is there already: whoever came first has made the key
                Files.createLink(file, whole);
            } catch (FileAlreadyExistsException e) {
                // keep the one that is there
            }
            Files.delete(whole);
            Files.setPosixFilePermissions(file, Set.copyOf(PosixFilePermissions.fromString("rw-------")));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the key-encryption key cannot be made: " + file, e);
        }
    }

    @Override
    public byte[] seal(TenantId tenant, String purpose, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, tenant, purpose, nonce, plain);
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    @Override
    public byte[] open(TenantId tenant, String purpose, byte[] sealed) {
        if (sealed.length <= NONCE_BYTES) {
            throw new IllegalStateException("not a sealed value");
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return crypt(Cipher.DECRYPT_MODE, tenant, purpose, nonce, rest);
    }

    private byte[] crypt(int mode, TenantId tenant, String purpose, byte[] nonce, byte[] data) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode, new SecretKeySpec(derived("seal:" + purpose), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((tenant + "\n" + purpose).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "sealed under another key, for another tenant or purpose, or altered: " + purpose, e);
        }
    }

    @Override
    public byte[] mac(String purpose, byte[] data) {
        return hmac(derived("mac:" + purpose), data);
    }

    private byte[] derived(String purpose) {
        return hmac(key, purpose.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

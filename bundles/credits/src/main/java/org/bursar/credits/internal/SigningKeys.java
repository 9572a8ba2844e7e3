package org.bursar.credits.internal;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bursar.credits.internal.sql.SealKeyRow;
import org.bursar.credits.internal.sql.SealMapper;
import org.bursar.database.Database;
import org.bursar.database.Secrets;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.bursar.ledger.SealKeys;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The installation's keys for seals. The first is made when it is first asked for, by whichever node comes first; a new one takes
 * over from the next seal on, and the former ones stay for what they have signed.
 */
@Component(service = SigningKeys.class)
public final class SigningKeys {
    private static final String PURPOSE = "ledger-seal-key";
    private static final Scope PLATFORM = Scope.platform(Actor.system("ledger-seal"));

    private final Database database;
    private final Secrets secrets;
    private final Clock clock;
    private final SealMapper mapper;

    @Activate
    public SigningKeys(@Reference Database database, @Reference Secrets secrets, @Reference Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
        mapper = database.mapper("credits", SealMapper.class);
    }

    /** A key that signs. */
    record SigningKey(String id, PrivateKey key) {}

    /** The key that signs now. */
    SigningKey current() {
        Optional<SealKeyRow> row = database.transact(PLATFORM, () -> mapper.currentKey(Scope.PLATFORM));
        return opened(row.orElseGet(() -> added(0)));
    }

    /** Makes a new key and gives its public half. */
    byte[] next() {
        return database.transact(PLATFORM, () -> {
                    int last = mapper.currentKey(Scope.PLATFORM)
                            .map(SealKeyRow::generation)
                            .orElse(0);
                    return added(last);
                })
                .publicKey();
    }

    /** The key after a generation: made here, unless another node was faster. */
    private SealKeyRow added(int last) {
        KeyPair pair = SealKeys.generate();
        byte[] publicKey = pair.getPublic().getEncoded();
        byte[] sealed = secrets.seal(Scope.PLATFORM, PURPOSE, pair.getPrivate().getEncoded());
        return database.transact(PLATFORM, () -> {
            mapper.addKey(
                    Scope.PLATFORM,
                    last + 1,
                    SealKeys.id(publicKey),
                    publicKey,
                    sealed,
                    clock.instant().truncatedTo(ChronoUnit.MICROS));
            return mapper.currentKey(Scope.PLATFORM).orElseThrow();
        });
    }

    private SigningKey opened(SealKeyRow row) {
        byte[] plain = secrets.open(Scope.PLATFORM, PURPOSE, row.privateKey());
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(plain));
            return new SigningKey(row.keyId(), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key " + row.keyId() + " is no Ed25519 key", e);
        }
    }

    /** The public keys by their ids, the oldest first. Joins the caller's transaction. */
    Map<String, byte[]> publicKeys() {
        Map<String, byte[]> keys = new LinkedHashMap<>();
        database.transact(PLATFORM, () -> mapper.keys(Scope.PLATFORM))
                .forEach(row -> keys.put(row.keyId(), row.publicKey()));
        return keys;
    }
}

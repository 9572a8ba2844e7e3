package org.bursar.purchases.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.bursar.database.Secrets;
import org.bursar.database.internal.FileSecrets;
import org.bursar.kernel.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretEnvelopeTest {
    private static final byte[] PLAIN = "sk_live_1".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final TenantId tenant = TenantId.next(Clock.systemUTC());
    private final TenantId other = TenantId.next(Clock.systemUTC());

    private Secrets installation(String name) {
        return new FileSecrets(FileSecrets.made(folder.resolve(name)));
    }

    @Test
    void aCiphertextOpensWhereItBelongsAndNowhereElse() {
        SecretEnvelope envelope = new SecretEnvelope(installation("key"));
        byte[] key = envelope.newKey(tenant);
        byte[] sealed = envelope.seal(tenant, key, "stripe", "apiKey", PLAIN);

        assertThat(envelope.open(tenant, key, "stripe", "apiKey", sealed)).isEqualTo(PLAIN);
        assertThat(sealed).isNotEqualTo(envelope.seal(tenant, key, "stripe", "apiKey", PLAIN));
        refused(() -> envelope.open(tenant, key, "whop", "apiKey", sealed));
        refused(() -> envelope.open(tenant, key, "stripe", "webhookSecret", sealed));
        refused(() -> envelope.open(other, key, "stripe", "apiKey", sealed));
        refused(() -> envelope.open(other, envelope.newKey(other), "stripe", "apiKey", sealed));
        refused(() -> envelope.open(tenant, envelope.newKey(tenant), "stripe", "apiKey", sealed));
        refused(() -> envelope.open(tenant, null, "stripe", "apiKey", sealed));
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            refused(() -> envelope.open(tenant, key, "stripe", "apiKey", altered));
        }
    }

    @Test
    void aWrappedKeyOpensUnderTheInstallationsKeyOnly() {
        SecretEnvelope envelope = new SecretEnvelope(installation("key"));
        byte[] key = envelope.newKey(tenant);
        byte[] sealed = envelope.seal(tenant, key, "stripe", "apiKey", PLAIN);

        assertThat(new SecretEnvelope(installation("key")).open(tenant, key, "stripe", "apiKey", sealed))
                .isEqualTo(PLAIN);
        SecretEnvelope elsewhere = new SecretEnvelope(installation("another"));
        refused(() -> elsewhere.open(tenant, key, "stripe", "apiKey", sealed));
        refused(() -> elsewhere.seal(tenant, key, "stripe", "apiKey", PLAIN));
        refused(() -> envelope.seal(tenant, new byte[] {1, 2, 3}, "stripe", "apiKey", PLAIN));
    }

    private static void refused(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class);
    }
}

package org.bursar.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.loader.KeyPairResourceLoader;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/** A sign-in to the operator's shell by SSH, as anybody on the machine could try it. */
final class Shell implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SshClient client;
    private final ClientSession session;

    private Shell(SshClient client, ClientSession session) {
        this.client = client;
        this.session = session;
    }

    /** Signs in with a key. */
    static Shell withKey(int port, String user, KeyPair key) throws IOException {
        return signedIn(port, user, key, null);
    }

    /** Signs in with a password. */
    static Shell withPassword(int port, String user, String password) throws IOException {
        return signedIn(port, user, null, password);
    }

    /** Tries to sign in as nobody in particular, with nothing. */
    static Shell withNothing(int port, String user) throws IOException {
        return signedIn(port, user, null, null);
    }

    /** A private key from a file. */
    static KeyPair key(Path file) throws Exception {
        KeyPairResourceLoader loader = SecurityUtils.getKeyPairResourceParser();
        return loader.loadKeyPairs(null, new PathResource(file), null)
                .iterator()
                .next();
    }

    private static Shell signedIn(int port, String user, KeyPair key, String password) throws IOException {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        // nothing of whoever runs the tests
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        client.start();
        try {
            ClientSession session =
                    client.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession();
            if (key != null) {
                session.addPublicKeyIdentity(key);
            }
            if (password != null) {
                session.addPasswordIdentity(password);
            }
            session.auth().verify(PATIENCE);
            return new Shell(client, session);
        } catch (IOException e) {
            client.stop();
            throw e;
        }
    }

    /** Runs a command; answers what it printed, without colours. */
    String run(String command) throws IOException {
        try (ChannelExec channel = session.createExecChannel(command)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            channel.setOut(out);
            channel.setErr(out);
            channel.open().verify(PATIENCE);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            return out.toString(StandardCharsets.UTF_8)
                    .replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]", "")
                    .replace("\r", "");
        }
    }

    @Override
    public void close() throws IOException {
        session.close(true);
        client.stop();
    }
}

package org.bursar.payments.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.bursar.testing.NodePackage;

/**
 * Stripe's client for Node, in the version that {@code package-lock.json} names. Stripe's command-line program comes with it.
 */
final class OfficialClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NodePackage node;

    private OfficialClient(NodePackage node) {
        this.node = node;
    }

    static OfficialClient installed() throws IOException, InterruptedException {
        return new OfficialClient(NodePackage.installed());
    }

    /** Has it do something: {@code validate}, {@code sign} or {@code read}. */
    JsonNode asked(String what, JsonNode input) throws IOException, InterruptedException {
        return JSON.readTree(node.run(input.toString(), 120, List.of("node", "official.mjs", what)));
    }

    /** Has Stripe's program act out what leads to an event; {@code more}: what it adds to its requests. */
    void triggered(String event, URI base, String key, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                node.folder()
                        .resolve("node_modules/@stripe/cli-linux-x64/bin/stripe")
                        .toAbsolutePath()
                        .toString(),
                "trigger",
                event,
                "--api-key",
                key,
                "--api-base",
                base.toString()));
        for (String addition : more) {
            command.addAll(List.of("--add", addition));
        }
        String said = node.run("", 60, command);
        if (!said.contains("Trigger succeeded")) {
            throw new AssertionError(said);
        }
    }
}

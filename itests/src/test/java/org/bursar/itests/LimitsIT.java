package org.bursar.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** As much as a client may send, from as many as there are: refused by a limit, never out of memory. */
public class LimitsIT {
    private static final int AT_ONCE = 200;

    private static Platform platform;

    @BeforeClass
    public static void start() throws Exception {
        platform = Platform.withAdmin("limits").start();
    }

    @AfterClass
    public static void stop() throws Exception {
        platform.close();
    }

    /** The trees that take the most memory for their size, just below the limits of bytes and of tokens. */
    @Test
    public void theLargestBodiesFromManyAtOnceDoNotEndThePlatform() throws Exception {
        long jvm = platform.jvm().pid();
        String tree = "[" + "{\"abcdefghijk\":1},".repeat(58_000) + "{}]";
        assertTrue(tree.length() < 1 << 20);
        Map<Integer, Integer> answers = answers(tree);
        assertEquals("the same process: " + answers, jvm, platform.jvm().pid());
        assertEquals(
                AT_ONCE, answers.values().stream().mapToInt(Integer::intValue).sum());
        assertTrue(
                "judged or refused for lack of room: " + answers,
                List.of(400, 404, 422, 503).containsAll(answers.keySet()));
        assertTrue("some were judged: " + answers, answers.keySet().stream().anyMatch(status -> status < 500));
        platform.anybody().get("/health/ready").is(200);

        platform.admin()
                .send("PATCH", path(), "application/merge-patch+json", "{\"firstName\": \"Jonas\"}")
                .refuses(404, "not_found");
        String tooMany = "[" + "1,".repeat(300_000) + "1]";
        platform.admin()
                .send("PATCH", path(), "application/merge-patch+json", tooMany)
                .refuses(400, "malformed_json");
        String one = "{\"firstName\": \"" + "x".repeat(1 << 20) + "\"}";
        platform.admin()
                .send("PATCH", path(), "application/merge-patch+json", one)
                .refuses(413, "too_large");
    }

    private static String path() {
        return "/api/v1/users/usr_01h2xcejqtf2nbrexx3vqjhp41";
    }

    /** How many had which status. */
    private static Map<Integer, Integer> answers(String body) throws Exception {
        String token = platform.admin().authorization();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(platform.address().resolve(path()))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", token)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build();
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            sent.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        Map<Integer, Integer> answers = new TreeMap<>();
        for (CompletableFuture<HttpResponse<String>> answer : sent) {
            answers.merge(answer.get().statusCode(), 1, Integer::sum);
        }
        return answers;
    }
}

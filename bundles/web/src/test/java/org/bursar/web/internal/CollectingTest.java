package org.bursar.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.rest.InnerCalls;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The gateways that a plan can be paid through, as its dialogs offer them. Nothing is asked for that, so nothing is there to ask. */
@NullUnmarked
class CollectingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InnerCalls calls = only(InnerCalls.class, "hostTenant", Optional.empty());
    private final Site site = new Site(calls, null, null, null, null, null, only(WebConfig.class, "url", ""));

    /** What answers one question alone, and is silent on all others. */
    private static <T> T only(Class<T> type, String question, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                CollectingTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals(question) ? answer : null));
    }

    private String drawn(String... gateways) throws IOException {
        HttpServletRequest request = only(HttpServletRequest.class, "getMethod", "GET");
        Frame frame = new Frame(Visit.of(site, request), "", "");
        List<Facts> offered = new java.util.ArrayList<>();
        for (String gateway : gateways) {
            offered.add(new Facts(JSON.readTree(gateway)));
        }
        return site.render("tag/collecting", Map.of("f", frame, "form", Form.empty(), "gateways", offered));
    }

    @Test
    void whoCountsDaysIsSaidToAndNobodyElseIs() throws IOException {
        String months = "{\"id\": \"stripe\", \"name\": \"Stripe\", \"monthDays\": null, \"yearDays\": null}";
        String days = "{\"id\": \"whop\", \"name\": \"Whop\", \"monthDays\": 30, \"yearDays\": 365}";
        assertThat(drawn(months)).contains("value=\"stripe\"").doesNotContain("It counts days");
        assertThat(drawn(months, days))
                .containsOnlyOnce("It counts days: a month is 30 and a year 365.")
                .containsSubsequence("value=\"stripe\"", "value=\"whop\"", "It counts days");
    }
}

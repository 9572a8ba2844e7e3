package org.bursar.web.internal.parts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Caller;
import org.bursar.web.internal.Reply;
import org.bursar.web.internal.Visit;
import org.bursar.web.internal.Words;
import org.bursar.web.spi.Request;

/** What a part learns of the request. All of it is read before the part runs, but for what it asks of operations. */
final class PartRequest implements Request {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String method;
    private final java.util.function.UnaryOperator<String> parameters;
    private final String tenant;
    private final String customer;
    private final Optional<Caller> caller;
    private final Words words;
    private final Exchange exchange;

    PartRequest(Visit visit, Words words, String customer, Exchange exchange) {
        method = visit.request().getMethod();
        parameters = visit.parameters();
        tenant = visit.tenant().map(TenantId::toString).orElse("");
        caller = visit.caller();
        this.customer = customer;
        this.words = words;
        this.exchange = exchange;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String parameter(String name) {
        return parameters.apply(name);
    }

    @Override
    public String tenant() {
        return tenant;
    }

    @Override
    public Optional<String> customer() {
        return customer.isEmpty() ? Optional.empty() : Optional.of(customer);
    }

    @Override
    public boolean may(String permission) {
        return caller.isPresent() && caller.get().may(permission);
    }

    @Override
    public String text(String key, Object... arguments) {
        return words.say(key, arguments);
    }

    @Override
    public Answer ask(String asked, String path, String json) {
        try {
            Reply reply = exchange.ask(asked, path, json);
            return new Answer(reply.status(), reply.body().json());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the request is over", e);
        }
    }

    /** On the request's thread. */
    static Reply asked(Visit visit, String method, String path, String json) {
        try {
            JsonNode body = json.isEmpty() ? null : JSON.readTree(json);
            return method.equals("POST") ? visit.post(path, body) : visit.ask(method, path, body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is no JSON", e);
        }
    }
}

package org.bursar.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Call;
import org.bursar.rest.Caller;
import org.bursar.rest.Csv;
import org.bursar.rest.SharedEffect;
import org.glassfish.jersey.server.ContainerRequest;
import org.jspecify.annotations.Nullable;

/** One request of one Jersey. */
final class CallContext implements Call {
    /** As we write them: no sign, no zeros before, and no more than a long holds. */
    private static final Pattern VERSION = Pattern.compile("\"(0|[1-9]\\d{0,17})\"");

    static final String PROPERTY = Call.class.getName();

    private static final MediaType CSV = new MediaType("text", "csv");

    private final Services services;
    private final ObjectMapper json;
    private final ContainerRequest request;
    private final RequestFacts facts;
    private final Optional<TenantId> named;
    private final @Nullable Caller caller;
    private final Idempotency.@Nullable Key key;
    private boolean replayed;

    CallContext(
            Services services,
            ObjectMapper json,
            ContainerRequest request,
            RequestFacts facts,
            Optional<TenantId> named,
            @Nullable Caller caller,
            Idempotency.@Nullable Key key) {
        this.services = services;
        this.json = json;
        this.request = request;
        this.facts = facts;
        this.named = named;
        this.caller = caller;
        this.key = key;
    }

    @Override
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("nobody is signed in on an anonymous path");
        }
        return caller;
    }

    @Override
    public Scope scope() {
        return caller().scope();
    }

    @Override
    public Optional<TenantId> namedTenant() {
        return named;
    }

    @Override
    public @Nullable MediaType mediaType() {
        return request.getMediaType();
    }

    @Override
    public String address() {
        return facts.address();
    }

    @Override
    public Page.Request page() {
        String limit = query("limit");
        String after = query("after");
        int size = Page.USUAL;
        if (limit != null) {
            try {
                size = Integer.parseInt(limit);
            } catch (NumberFormatException e) {
                throw new ProblemException(Problems.invalid(
                        "/limit", FieldProblems.WRONG_TYPE, "limit is a whole number, 1 to " + Page.MOST));
            }
        }
        return new Page.Request(size, after == null || after.isEmpty() ? null : after);
    }

    private @Nullable String query(String name) {
        return request.getUriInfo().getQueryParameters().getFirst(name);
    }

    @Override
    public OptionalLong ifMatch() {
        String header = request.getHeaderString(HttpHeaders.IF_MATCH);
        if (header == null || header.isBlank() || header.strip().equals("*")) {
            return OptionalLong.empty();
        }
        Matcher tag = VERSION.matcher(header.strip());
        if (tag.matches()) {
            return OptionalLong.of(Long.parseLong(tag.group(1)));
        }
        // a tag that we never gave cannot be the present one
        throw new ProblemException(Problems.STALE, "If-Match does not name the present version.");
    }

    @Override
    public Response once(Supplier<String> effect, Function<String, Response> answer) {
        Idempotency.Answered outcome = services.idempotency().once(scope(), key, effect);
        replayed = outcome.replayed();
        return answer.apply(outcome.resourceId());
    }

    @Override
    public <P, R> Response once(
            SharedEffect<P, R> effect, P part, Function<R, Response> first, Function<String, Response> again) {
        SharedEffect.Done<R> done = effect.submit(new SharedEffect.Part<>(scope(), part, key, services.idempotency()))
                .get();
        R result = done.result();
        replayed = result == null;
        return result == null ? again.apply(done.resourceId()) : first.apply(result);
    }

    @Override
    public boolean replayed() {
        return replayed;
    }

    @Override
    public Response ok(Object entity, long version) {
        EntityTag tag = tag(version);
        String known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (known != null && request.getMethod().equals("GET") && known.contains('"' + tag.getValue() + '"')) {
            return Response.notModified(tag).build();
        }
        return Response.ok(entity).tag(tag).build();
    }

    @Override
    public Response ok(Object entity) {
        return Response.ok(entity).build();
    }

    @Override
    public Response created(String path, Object entity, long version) {
        // relative to the base, which is /api/v1/
        return Response.created(URI.create(path.substring(1)))
                .entity(entity)
                .tag(tag(version))
                .build();
    }

    private static EntityTag tag(long version) {
        return new EntityTag(Long.toString(version));
    }

    @Override
    public Response list(Page<?> page) {
        Response.ResponseBuilder response = Response.ok(page);
        if (page.next() != null) {
            URI next = request.getUriInfo()
                    .getRequestUriBuilder()
                    .replaceQueryParam("after", page.next())
                    .build();
            response.link(next, "next");
        }
        return response.build();
    }

    @Override
    public <T> Response list(Function<Page.Request, Page<T>> pages, Function<? super T, ?> json, Csv<T> csv) {
        if (!wantsCsv()) {
            return Response.fromResponse(list(pages.apply(page()).map(json)))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .build();
        }
        // the first page before the answer begins, so that a refusal is still a problem
        Page<T> first = pages.apply(new Page.Request(Page.MOST, null));
        StreamingOutput rows = out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            csv.header(writer);
            for (Page<T> page = first; ; page = pages.apply(new Page.Request(Page.MOST, page.next()))) {
                for (T item : page.items()) {
                    csv.row(writer, item);
                }
                if (page.next() == null) {
                    break;
                }
            }
            writer.flush();
        };
        return Response.ok(rows, CSV.withCharset("utf-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + csv.filename() + '"')
                .build();
    }

    private boolean wantsCsv() {
        for (MediaType accepted : request.getAcceptableMediaTypes()) {
            if (accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
            if (accepted.isCompatible(CSV)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public <T> T patched(T current, JsonNode patch, Class<T> form) {
        if (patch == null || !patch.isObject()) {
            throw new ProblemException(
                    Problems.invalid("", FieldProblems.WRONG_TYPE, "a JSON object (RFC 7396) is expected"));
        }
        try {
            // by itself first: a field that is not there is refused although null would only remove it
            json.treeToValue(patch, form);
            JsonNode merged = merge(json.valueToTree(current), patch);
            return json.treeToValue(merged, form);
        } catch (JsonProcessingException e) {
            throw new ProblemException(java.util.Objects.requireNonNull(ProblemAnswer.of(e)));
        }
    }

    /** MergePatch of RFC 7396, section 2. */
    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = target.isObject()
                ? ((ObjectNode) target).deepCopy()
                : com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        patch.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                result.remove(member.getKey());
            } else {
                JsonNode present = result.path(member.getKey());
                result.set(member.getKey(), merge(present, member.getValue()));
            }
        });
        return result;
    }
}

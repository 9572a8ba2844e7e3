package org.bursar.rest;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** One request: take it as a resource method's parameter, {@code @Context Call call}. */
@ProviderType
public interface Call {
    /** Who calls; on an anonymous path there is none and this fails. */
    Caller caller();

    /** What the caller sees. On tenant paths a tenant is always there. */
    Scope scope();

    /** The tenant that the host or Bursar-Tenant names, known before anybody signed in. */
    Optional<TenantId> namedTenant();

    /** Of what type the body is; null when the request does not say. */
    @Nullable
    MediaType mediaType();

    /** The address of the peer, for throttling; a proxy's header counts only when the proxy is configured. */
    String address();

    /** {@code limit} and {@code after} of the query. */
    Page.Request page();

    /** The version that {@code If-Match} names; empty without the header or with {@code *}. */
    OptionalLong ifMatch();

    /**
     * Does a POST's effect once for each Idempotency-Key. The effect runs in one transaction with the row that remembers the key;
     * a retry skips it and answers from the resource as it is now. Without a key the effect simply runs in a transaction.
     *
     * @param effect does it and gives the resource's id
     * @param answer makes the answer from the id, after the commit, for the first call and for each retry
     */
    Response once(Supplier<String> effect, Function<String, Response> answer);

    /**
     * The same for a POST that many send at once: those that wait share a transaction.
     *
     * @param part what this request asks of the effect
     * @param first makes the answer from the result
     * @param again makes the answer to a retry, from the id
     */
    <P, R> Response once(
            SharedEffect<P, R> effect, P part, Function<R, Response> first, Function<String, Response> again);

    /** Whether this call is a retry that {@code once} answers again; secrets are null then. */
    boolean replayed();

    /** 200 with an ETag of the version; 304 when If-None-Match names it. */
    Response ok(Object entity, long version);

    /** 200. */
    Response ok(Object entity);

    /** 201 with Location (a path below {@code /api/v1}, such as {@code /customers/cus_…}) and ETag. */
    Response created(String path, Object entity, long version);

    /** 200 with {@code {"items": […], "next": …}} and a Link header. */
    Response list(Page<?> page);

    /**
     * A list as JSON a page at a time, or every row of it as CSV when that is what {@code Accept} wants first. CSV is read a page at
     * a time too: a slow reader keeps no transaction open, and a long list needs no memory.
     *
     * @param pages gives a page
     * @param json how an item looks in JSON
     */
    <T> Response list(Function<Page.Request, Page<T>> pages, Function<? super T, ?> json, Csv<T> csv);

    /**
     * Applies a JSON Merge Patch (RFC 7396).
     *
     * @param current the form as it would be sent to get the present state
     * @throws org.bursar.kernel.ProblemException {@code invalid} with pointers when the outcome is no such form
     */
    <T> T patched(T current, JsonNode patch, Class<T> form);
}

package org.bursar.identity.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bursar.identity.internal.ApiKeys;
import org.bursar.identity.internal.OptionalVersion;
import org.bursar.identity.internal.sql.KeyMapper.KeyRow;
import org.bursar.kernel.ApiKeyId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** API keys over HTTP. */
@Path("/api-keys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
public final class ApiKeysResource {
    private static final String READ = "api-keys:read";
    private static final String WRITE = "api-keys:write";

    private final ApiKeys keys;

    ApiKeysResource(ApiKeys keys) {
        this.keys = keys;
    }

    /**
     * An API key.
     *
     * @param key the key itself, in the answer that creates it and never again
     * @param hint its first characters, to tell keys apart
     */
    @Schema(name = "ApiKey")
    public record KeyJson(
            String id,
            String name,
            @Nullable String key,
            String hint,
            @Nullable String customer,
            List<String> permissions,
            String createdBy,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {
        static KeyJson of(KeyRow row) {
            return of(row, null);
        }

        static KeyJson of(KeyRow row, @Nullable String key) {
            return new KeyJson(
                    row.apiKeyId().toString(),
                    row.name(),
                    key,
                    row.hint(),
                    row.customerId() == null ? null : row.customerId().toString(),
                    List.of(row.permissions().split(" ")),
                    row.createdBy(),
                    row.createdAt(),
                    row.lastUsedAt(),
                    row.revokedAt());
        }

        @Override
        public String toString() {
            return "KeyJson[" + id + "]";
        }
    }

    /** A page of them, for the OpenAPI document. */
    @Schema(name = "ApiKeyList")
    public record Listed(List<KeyJson> items, @Nullable String next) {}

    @GET
    @Requires(value = READ, level = Requires.Level.CALLER)
    @Operation(operationId = "listApiKeys", summary = "API keys; for a platform admin without a tenant the platform's")
    @ApiResponse(
            responseCode = "200",
            description = "A page, newest first",
            content = @Content(schema = @Schema(implementation = Listed.class)))
    public Response list(@Context Call call) {
        CallerLevel.require(call, READ);
        return call.list(keys.list(call.scope(), call.page()).map(KeyJson::of));
    }

    @POST
    @Requires(value = WRITE, level = Requires.Level.CALLER)
    @Operation(operationId = "createApiKey", summary = "Create an API key; the answer is the only one that shows it")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = KeyJson.class)))
    public Response create(@Context Call call, ApiKeys.@Nullable Creation form) {
        CallerLevel.require(call, WRITE);
        AtomicReference<@Nullable String> secret = new AtomicReference<>();
        return call.once(
                () -> {
                    ApiKeys.Created created = keys.create(call.caller(), form);
                    secret.set(created.secret());
                    return created.id().toString();
                },
                id -> {
                    KeyRow row = keys.get(call.scope(), ApiKeyId.fromString(id));
                    String shown = call.replayed() ? null : secret.get();
                    return call.created("/api-keys/" + id, KeyJson.of(row, shown), row.version());
                });
    }

    @GET
    @Path("/{id}")
    @Requires(value = READ, level = Requires.Level.CALLER)
    @Operation(operationId = "getApiKey", summary = "One API key, without the key itself")
    @ApiResponse(
            responseCode = "200",
            description = "The key's data",
            content = @Content(schema = @Schema(implementation = KeyJson.class)))
    public Response get(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") ApiKeyId id) {
        CallerLevel.require(call, READ);
        KeyRow row = keys.get(call.scope(), id);
        return call.ok(KeyJson.of(row), row.version());
    }

    @DELETE
    @Path("/{id}")
    @Requires(value = WRITE, level = Requires.Level.CALLER)
    @Operation(operationId = "revokeApiKey", summary = "Revoke an API key: at once here, within a second everywhere")
    @ApiResponse(responseCode = "204", description = "Revoked")
    public Response revoke(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") ApiKeyId id) {
        CallerLevel.require(call, WRITE);
        keys.revoke(call.scope(), id, new OptionalVersion(call.ifMatch()));
        return Response.noContent().build();
    }
}

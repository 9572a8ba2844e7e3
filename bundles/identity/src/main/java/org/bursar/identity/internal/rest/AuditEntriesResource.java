package org.bursar.identity.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bursar.identity.internal.AuditEntry;
import org.bursar.identity.internal.AuditLog;
import org.bursar.kernel.AuditEntryId;
import org.bursar.kernel.Checks;
import org.bursar.kernel.CustomerId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** The audit log over HTTP. */
@Path("/audit-entries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
public final class AuditEntriesResource {
    private static final String READ = "audit:read";
    private static final int LONGEST_SUBJECT = 100;

    private final AuditLog audit;

    AuditEntriesResource(AuditLog audit) {
        this.audit = audit;
    }

    /** Who did it; the name is null once the person is gone. */
    @Schema(name = "AuditActor")
    public record ActorJson(
            @Schema(allowableValues = {"user", "api_key", "operator", "system"})
            String kind,

            String id,
            @Nullable String name) {}

    /** One entry. */
    @Schema(name = "AuditEntry")
    public record EntryJson(
            String id,
            Instant at,
            ActorJson actor,
            String action,
            String subject,
            @Nullable String customer,
            @Schema(implementation = Object.class) @Nullable JsonNode before,
            @Schema(implementation = Object.class) @Nullable JsonNode after,
            boolean erased) {
        static EntryJson of(AuditEntry entry) {
            return new EntryJson(
                    entry.id().toString(),
                    entry.at(),
                    new ActorJson(
                            entry.actorKind().toLowerCase(Locale.ROOT),
                            entry.actorId(),
                            entry.actorName().orElse(null)),
                    entry.action(),
                    entry.subject(),
                    entry.customer().map(CustomerId::toString).orElse(null),
                    entry.before().orElse(null),
                    entry.after().orElse(null),
                    entry.erased());
        }
    }

    /** A page of them, for the OpenAPI document. */
    @Schema(name = "AuditEntryList")
    public record Listed(List<EntryJson> items, @Nullable String next) {}

    @GET
    @Requires(value = READ, level = Requires.Level.CALLER)
    @Operation(
            operationId = "listAuditEntries",
            summary = "What was done, newest first; for a platform admin without a tenant on the platform")
    @ApiResponse(
            responseCode = "200",
            description = "A page",
            content = @Content(schema = @Schema(implementation = Listed.class)))
    public Response list(
            @Context Call call,
            @Parameter(description = "the id of what it was done to") @QueryParam("subject") @Nullable String subject,
            @Parameter(schema = @Schema(type = "string")) @QueryParam("customer") @Nullable CustomerId customer) {
        CallerLevel.require(call, READ);
        Checks checks = new Checks();
        String wanted = checks.optionalText("/subject", subject, LONGEST_SUBJECT);
        checks.done();
        return call.list(
                audit.list(call.scope(), Optional.ofNullable(wanted), Optional.ofNullable(customer), call.page())
                        .map(EntryJson::of));
    }

    @GET
    @Path("/{id}")
    @Requires(value = READ, level = Requires.Level.CALLER)
    @Operation(operationId = "getAuditEntry", summary = "One entry")
    @ApiResponse(
            responseCode = "200",
            description = "The entry",
            content = @Content(schema = @Schema(implementation = EntryJson.class)))
    public Response get(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") AuditEntryId id) {
        CallerLevel.require(call, READ);
        return call.ok(EntryJson.of(audit.get(call.scope(), id)));
    }
}

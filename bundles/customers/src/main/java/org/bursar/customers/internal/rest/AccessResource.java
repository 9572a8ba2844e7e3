package org.bursar.customers.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.customers.Access;
import org.bursar.customers.AccessReason;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.UserId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** May a customer be served now, and if not, why? */
@Path("/access/{customer}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
public final class AccessResource {
    /** A rule that is not running is being replaced or starts: it is worth asking again soon. */
    private static final int RETRY_AFTER_SECONDS = 1;

    private final Access access;

    AccessResource(Access access) {
        this.access = access;
    }

    @GET
    @Requires("access:read")
    @Operation(operationId = "getAccess", summary = "Whether a customer, or one of its users, may be served now")
    @ApiResponse(
            responseCode = "200",
            description = "Allowed, or every reason against it; with not_ready and Retry-After, ask again",
            content = @Content(schema = @Schema(implementation = AccessJson.class)))
    public Response get(
            @Context Call call, @PathParam("customer") CustomerId customer, @QueryParam("user") @Nullable UserId user) {
        Access.Decision decision = access.decide(call.scope(), customer, Optional.ofNullable(user), Set.of());
        Response answer = call.ok(new AccessJson(
                decision.allowed(),
                decision.reasons().stream().map(ReasonJson::of).toList()));
        return decision.notReady()
                ? Response.fromResponse(answer)
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                        .build()
                : answer;
    }

    /** The answer; without reasons when it is yes. */
    public record AccessJson(
            boolean allowed,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ReasonJson> reasons) {}

    /** One reason against. */
    public record ReasonJson(String code, String detail) {
        static ReasonJson of(AccessReason reason) {
            return new ReasonJson(reason.code(), reason.detail());
        }
    }
}

package org.bursar.identity.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.bursar.identity.internal.Sessions;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Scope;
import org.bursar.rest.Anonymous;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Signing in and out over HTTP. */
@Path("/sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sign-in")
public final class SessionsResource {
    private final Sessions sessions;

    SessionsResource(Sessions sessions) {
        this.sessions = sessions;
    }

    /** E-mail address and password; their text is never shown. */
    @Schema(name = "Credentials")
    public record Credentials(
            @Nullable String email, @Nullable String password) {
        @Override
        public String toString() {
            return "Credentials";
        }
    }

    /** A session. */
    @Schema(name = "Session")
    public record SessionJson(String token, Instant expiresAt, UserJson user) {
        @Override
        public String toString() {
            return "SessionJson[" + user.id() + "]";
        }
    }

    @POST
    @Anonymous
    @Operation(
            operationId = "createSession",
            summary = "Sign in",
            description =
                    "A platform user, or with Bursar-Tenant or on a tenant's host a user of that tenant's customers.")
    @ApiResponse(
            responseCode = "201",
            description = "Signed in; expiresAt moves on while the token is used",
            content = @Content(schema = @Schema(implementation = SessionJson.class)))
    public Response begin(@Context Call call, @Nullable Credentials form) {
        Checks checks = new Checks();
        String email = form == null ? null : form.email();
        String password = form == null ? null : form.password();
        checks.that(email != null && !email.isBlank(), "/email", FieldProblems.REQUIRED, "required");
        checks.that(password != null && !password.isEmpty(), "/password", FieldProblems.REQUIRED, "required");
        checks.done();
        Sessions.Begun begun = sessions.begin(
                call.namedTenant().orElse(Scope.PLATFORM),
                String.valueOf(email),
                String.valueOf(password),
                call.address());
        return Response.status(Response.Status.CREATED)
                .entity(new SessionJson(begun.token(), begun.expiresAt(), UserJson.of(begun.user())))
                .build();
    }

    @DELETE
    @Path("/current")
    @Requires(value = "session", level = Requires.Level.CALLER)
    @Operation(operationId = "endSession", summary = "Sign out: the token ends at once")
    @ApiResponse(responseCode = "204", description = "The session has ended; for an API key nothing happens")
    public Response end(
            @Context Call call,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        call.caller().user().ifPresent(user -> sessions.end(call.scope(), user, CallerLevel.token(authorization)));
        return Response.noContent().build();
    }
}

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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.bursar.identity.internal.Sessions;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.SessionId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
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
    private static final int LONGEST = 400;
    private static final int LONGEST_CODE = 40;

    private final Sessions sessions;

    SessionsResource(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * E-mail address and password; or, where a second step was asked for, the challenge and a code. Their text is never shown.
     */
    @Schema(name = "Credentials")
    public record Credentials(
            @Nullable String email,
            @Nullable String password,

            @Schema(description = "As it came with second_factor_required, instead of email and password") @Nullable
            String challenge,

            @Schema(description = "Of the authenticator app, or a recovery code") @Nullable
            String code) {
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
                    "A platform user, or with Bursar-Tenant or on a tenant's host a user of that tenant's customers."
                            + " Who has a second step is answered 401 second_factor_required with a challenge, and sends"
                            + " challenge and code instead.")
    @ApiResponse(
            responseCode = "201",
            description = "Signed in; expiresAt moves on while the token is used",
            content = @Content(schema = @Schema(implementation = SessionJson.class)))
    public Response begin(
            @Context Call call,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.USER_AGENT) @Nullable String agent,
            @Nullable Credentials form) {
        TenantId tenant = call.namedTenant().orElse(Scope.PLATFORM);
        Sessions.From from = new Sessions.From(call.address(), agent);
        Sessions.Begun begun =
                form != null && form.challenge() != null ? goOn(tenant, form, from) : begin(tenant, form, from);
        return Response.status(Response.Status.CREATED)
                .entity(new SessionJson(begun.token(), begun.expiresAt(), UserJson.of(begun.user())))
                .build();
    }

    private Sessions.Begun begin(TenantId tenant, @Nullable Credentials form, Sessions.From from) {
        Checks checks = new Checks();
        String email = form == null ? null : form.email();
        String password = form == null ? null : form.password();
        checks.that(email != null && !email.isBlank(), "/email", FieldProblems.REQUIRED, "required");
        checks.that(password != null && !password.isEmpty(), "/password", FieldProblems.REQUIRED, "required");
        checks.done();
        return sessions.begin(tenant, String.valueOf(email), String.valueOf(password), from);
    }

    private Sessions.Begun goOn(TenantId tenant, Credentials form, Sessions.From from) {
        Checks checks = new Checks();
        String challenge = String.valueOf(form.challenge());
        String code = form.code() == null ? "" : form.code().strip();
        checks.that(challenge.length() <= LONGEST, "/challenge", FieldProblems.TOO_LONG, "at most " + LONGEST);
        checks.that(!code.isEmpty(), "/code", FieldProblems.REQUIRED, "required");
        checks.that(code.length() <= LONGEST_CODE, "/code", FieldProblems.TOO_LONG, "at most " + LONGEST_CODE);
        checks.done();
        return sessions.goOn(tenant, challenge, code, from);
    }

    /**
     * A session of the caller's.
     *
     * @param current whether it is the one that asks
     */
    @Schema(name = "OpenSession")
    public record OpenSessionJson(
            String id,
            boolean current,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String agent,
            @Nullable String address) {
        static OpenSessionJson of(Sessions.Shown shown) {
            return new OpenSessionJson(
                    shown.id().toString(),
                    shown.current(),
                    shown.createdAt(),
                    shown.expiresAt(),
                    shown.agent(),
                    shown.address());
        }
    }

    /** A page of sessions, for the OpenAPI document. */
    @Schema(name = "OpenSessionList")
    public record OpenSessionList(
            List<OpenSessionJson> items, @Nullable String next) {}

    private static UserId user(Call call) {
        return call.caller().user().orElseThrow(Problems::notFound);
    }

    @GET
    @Requires(value = "session", level = Requires.Level.CALLER)
    @Operation(operationId = "listSessions", summary = "One's own open sessions, the latest first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of sessions",
            content = @Content(schema = @Schema(implementation = OpenSessionList.class)))
    public Response list(
            @Context Call call,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return call.list(sessions.list(
                        CallerLevel.home(call.caller()), user(call), CallerLevel.token(authorization), call.page())
                .map(OpenSessionJson::of));
    }

    @DELETE
    @Requires(value = "session", level = Requires.Level.CALLER)
    @Operation(operationId = "endOtherSessions", summary = "End all of one's own sessions but the one that asks")
    @ApiResponse(responseCode = "204", description = "Their tokens open nothing any more")
    public Response endOthers(
            @Context Call call,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        sessions.endOthers(
                call.scope().actor(), CallerLevel.home(call.caller()), user(call), CallerLevel.token(authorization));
        return Response.noContent().build();
    }

    @GET
    @Path("/{id}")
    @Requires(value = "session", level = Requires.Level.CALLER)
    @Operation(operationId = "getSession", summary = "One of one's own open sessions")
    @ApiResponse(
            responseCode = "200",
            description = "The session",
            content = @Content(schema = @Schema(implementation = OpenSessionJson.class)))
    public Response get(
            @Context Call call,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") SessionId id) {
        return call.ok(OpenSessionJson.of(
                sessions.get(CallerLevel.home(call.caller()), user(call), id, CallerLevel.token(authorization))));
    }

    @DELETE
    @Path("/{id}")
    @Requires(value = "session", level = Requires.Level.CALLER)
    @Operation(operationId = "endOwnSession", summary = "End one of one's own sessions: its token ends at once")
    @ApiResponse(responseCode = "204", description = "Ended")
    public Response endOne(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") SessionId id) {
        sessions.end(call.scope().actor(), CallerLevel.home(call.caller()), user(call), id);
        return Response.noContent().build();
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

package org.bursar.identity.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.TreeSet;
import org.bursar.identity.internal.Passwords;
import org.bursar.identity.internal.UserAccounts;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.Problems;
import org.bursar.kernel.Scope;
import org.bursar.kernel.UserId;
import org.bursar.rest.Call;
import org.bursar.rest.Caller;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** The caller itself over HTTP. */
@Path("/me")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sign-in")
public final class MeResource {
    private final UserAccounts accounts;
    private final Passwords passwords;

    MeResource(UserAccounts accounts, Passwords passwords) {
        this.accounts = accounts;
        this.passwords = passwords;
    }

    /**
     * Who calls.
     *
     * @param id of the user or the API key
     * @param user null for an API key
     * @param tenant in which the call works; null on the platform
     * @param tenants that a platform user is a member of
     */
    @Schema(name = "Me")
    public record MeJson(
            @Schema(allowableValues = {"user", "api_key"}) String kind,
            String id,
            String name,
            @Nullable UserJson user,
            @Nullable String tenant,
            @Nullable List<String> customers,
            List<String> permissions,
            boolean platformAdmin,
            List<String> tenants,
            boolean mustChangePassword) {}

    /** A new password, and the present one; neither is ever shown. */
    @Schema(name = "PasswordChange")
    public record PasswordForm(
            @Nullable String current,

            @Nullable @com.fasterxml.jackson.annotation.JsonProperty("new")
            String fresh) {
        @Override
        public String toString() {
            return "PasswordForm";
        }
    }

    @GET
    @Requires(value = "me", level = Requires.Level.CALLER)
    @Operation(operationId = "getMe", summary = "Who calls, and what they may")
    @ApiResponse(
            responseCode = "200",
            description = "The caller",
            content = @Content(schema = @Schema(implementation = MeJson.class)))
    public Response me(@Context Call call) {
        Caller caller = call.caller();
        UserRow user = caller.user().map(id -> row(call, id)).orElse(null);
        return call.ok(new MeJson(
                UserJson.lower(caller.actor().kind()),
                caller.actor().id(),
                caller.actor().name(),
                user == null ? null : UserJson.of(user),
                caller.tenant().map(Object::toString).orElse(null),
                caller.customers()
                        .map(all -> all.stream().map(Object::toString).sorted().toList())
                        .orElse(null),
                List.copyOf(new TreeSet<>(caller.permissions())),
                caller.platformAdmin(),
                user == null ? List.of() : accounts.tenantsOf(user),
                user != null && user.mustChangePassword()));
    }

    private UserRow row(Call call, UserId id) {
        return accounts.get(
                Scope.of(CallerLevel.home(call.caller()), call.scope().actor()), id);
    }

    @POST
    @Path("/password")
    @Requires(value = "me", level = Requires.Level.CALLER)
    @Operation(operationId = "changePassword", summary = "Change one's own password; other sessions end")
    @ApiResponse(responseCode = "204", description = "Changed")
    public Response password(
            @Context Call call,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @Nullable PasswordForm form) {
        // no single transaction around it: a wrong guess must stay counted
        UserId user = call.caller().user().orElseThrow(Problems::notFound);
        passwords.change(
                CallerLevel.home(call.caller()),
                user,
                form == null ? null : form.current(),
                form == null ? null : form.fresh(),
                CallerLevel.token(authorization),
                call.address());
        return Response.noContent().build();
    }
}

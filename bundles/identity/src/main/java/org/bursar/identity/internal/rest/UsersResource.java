package org.bursar.identity.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bursar.identity.UserChats;
import org.bursar.identity.internal.Neighbours;
import org.bursar.identity.internal.OptionalVersion;
import org.bursar.identity.internal.UserAccounts;
import org.bursar.identity.internal.UserCreation;
import org.bursar.identity.internal.UserForms;
import org.bursar.identity.internal.UserStatus;
import org.bursar.identity.internal.sql.UserRow;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Page;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.UserId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Users over HTTP. */
@Path("/users")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
public final class UsersResource {
    private static final String READ = "users:read";
    private static final String WRITE = "users:write";

    private final UserAccounts accounts;
    private final UserCreation creation;
    private final Neighbours neighbours;

    UsersResource(UserAccounts accounts, UserCreation creation, Neighbours neighbours) {
        this.accounts = accounts;
        this.creation = creation;
        this.neighbours = neighbours;
    }

    @GET
    @Requires(value = READ, level = Requires.Level.CALLER)
    @Operation(
            operationId = "listUsers",
            summary = "Customers' users, or with role=staff the tenant's own",
            description = "For a platform admin without a tenant: the platform's users.")
    @ApiResponse(
            responseCode = "200",
            description = "A page, newest first",
            content = @Content(schema = @Schema(implementation = UserJson.Listed.class)))
    public Response list(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @QueryParam("customer") @Nullable CustomerId customer,
            @Parameter(schema = @Schema(allowableValues = "staff")) @QueryParam("role") @Nullable String role) {
        CallerLevel.require(call, READ);
        if (role != null && !role.equals("staff")) {
            throw new ProblemException(Problems.invalid("/role", FieldProblems.OUT_OF_RANGE, "only staff"));
        }
        Page<UserRow> page = accounts.list(call.scope(), Optional.ofNullable(customer), role != null, call.page());
        List<UserId> chatting = page.items().stream()
                .filter(user -> user.customerId() != null)
                .map(UserRow::userId)
                .toList();
        Map<UserId, UserChats.Count> chats = neighbours.chats(call.scope(), chatting);
        return call.list(page.map(user -> UserJson.of(user, chats.get(user.userId()))));
    }

    @POST
    @Requires(value = WRITE, level = Requires.Level.CALLER)
    @Operation(operationId = "createUser", summary = "Create a user, who gets a welcome mail with a one-time link")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = UserJson.class)))
    public Response create(@Context Call call, UserForms.@Nullable Creation form) {
        CallerLevel.require(call, WRITE);
        return call.once(() -> creation.create(call.caller(), form).toString(), id -> {
            UserRow user = accounts.get(call.scope(), UserId.fromString(id));
            return call.created("/users/" + id, UserJson.of(user), user.version());
        });
    }

    @GET
    @Path("/{id}")
    @Requires(value = READ, level = Requires.Level.CALLER)
    @Operation(operationId = "getUser", summary = "One user")
    @ApiResponse(
            responseCode = "200",
            description = "The user",
            content = @Content(schema = @Schema(implementation = UserJson.class)))
    public Response get(@Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") UserId id) {
        CallerLevel.require(call, READ);
        return answer(call, id);
    }

    private Response answer(Call call, UserId id) {
        UserRow user = accounts.get(call.scope(), id);
        return call.ok(UserJson.of(user), user.version());
    }

    @PATCH
    @Path("/{id}")
    @Requires(value = WRITE, level = Requires.Level.CALLER)
    @Operation(
            operationId = "editUser",
            summary = "Edit a user (JSON Merge Patch); a new e-mail address counts once its link was followed")
    @RequestBody(content = @Content(schema = @Schema(implementation = UserForms.Edit.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The user as it is now",
            content = @Content(schema = @Schema(implementation = UserJson.class)))
    public Response edit(
            @Context Call call,
            @Parameter(schema = @Schema(type = "string")) @PathParam("id") UserId id,
            @Nullable JsonNode patch) {
        CallerLevel.require(call, WRITE);
        UserRow user = accounts.get(call.scope(), id);
        if (patch == null) {
            throw new ProblemException(Problems.invalid("", FieldProblems.REQUIRED, "a JSON object is expected"));
        }
        UserForms.Edit edit = call.patched(UserForms.Edit.of(user), patch, UserForms.Edit.class);
        accounts.edit(call.caller(), id, new OptionalVersion(call.ifMatch()), edit);
        return answer(call, id);
    }

    @DELETE
    @Path("/{id}")
    @Requires(value = WRITE, level = Requires.Level.CALLER)
    @Operation(operationId = "removeUser", summary = "Remove a user; staff only leave the tenant")
    @ApiResponse(responseCode = "204", description = "Removed; the e-mail address is free again")
    public Response remove(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") UserId id) {
        CallerLevel.require(call, WRITE);
        accounts.remove(call.caller(), id, new OptionalVersion(call.ifMatch()));
        return Response.noContent().build();
    }

    @POST
    @Path("/{id}/disable")
    @Requires(value = WRITE, level = Requires.Level.CALLER)
    @Operation(operationId = "disableUser", summary = "Disable a user, who then reaches the dashboard alone")
    @ApiResponse(
            responseCode = "200",
            description = "The user as it is now",
            content = @Content(schema = @Schema(implementation = UserJson.class)))
    public Response disable(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") UserId id) {
        return status(call, id, UserStatus.DISABLED);
    }

    @POST
    @Path("/{id}/enable")
    @Requires(value = WRITE, level = Requires.Level.CALLER)
    @Operation(operationId = "enableUser", summary = "Enable a disabled user")
    @ApiResponse(
            responseCode = "200",
            description = "The user as it is now",
            content = @Content(schema = @Schema(implementation = UserJson.class)))
    public Response enable(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") UserId id) {
        return status(call, id, UserStatus.ACTIVE);
    }

    private Response status(Call call, UserId id, UserStatus status) {
        CallerLevel.require(call, WRITE);
        return call.once(
                () -> {
                    accounts.setStatus(call.caller(), id, status);
                    return id.toString();
                },
                done -> answer(call, id));
    }

    @POST
    @Path("/{id}/welcome")
    @Requires(value = WRITE, level = Requires.Level.CALLER)
    @Operation(operationId = "welcomeUser", summary = "Send the welcome mail again, with a new link")
    @ApiResponse(
            responseCode = "200",
            description = "The mail is on its way",
            content = @Content(schema = @Schema(implementation = UserJson.class)))
    public Response welcome(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") UserId id) {
        CallerLevel.require(call, WRITE);
        return call.once(
                () -> {
                    accounts.welcomeAgain(call.caller(), id);
                    return id.toString();
                },
                done -> answer(call, id));
    }

    @POST
    @Path("/{id}/second-factor/reset")
    @Requires(value = WRITE, level = Requires.Level.CALLER)
    @Operation(
            operationId = "resetSecondFactor",
            summary = "Ask no code of a user any more who has lost the app; the user's sessions end")
    @ApiResponse(
            responseCode = "200",
            description = "The user",
            content = @Content(schema = @Schema(implementation = UserJson.class)))
    public Response resetSecondFactor(
            @Context Call call, @Parameter(schema = @Schema(type = "string")) @PathParam("id") UserId id) {
        CallerLevel.require(call, WRITE);
        return call.once(
                () -> {
                    accounts.resetSecondFactor(call.caller(), id);
                    return id.toString();
                },
                done -> answer(call, id));
    }
}

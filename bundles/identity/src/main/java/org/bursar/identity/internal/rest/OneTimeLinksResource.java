package org.bursar.identity.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.bursar.identity.internal.Passwords;
import org.bursar.rest.Anonymous;
import org.bursar.rest.Call;
import org.jspecify.annotations.Nullable;

/** One-time links over HTTP: reading one changes nothing, since mail scanners follow links. */
@Path("/one-time-links")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sign-in")
public final class OneTimeLinksResource {
    private final Passwords passwords;

    OneTimeLinksResource(Passwords passwords) {
        this.passwords = passwords;
    }

    /** What a link is for, and for which address. */
    @Schema(name = "OneTimeLink")
    public record LinkJson(
            @Schema(allowableValues = {"welcome", "password_reset", "email_change"})
            String purpose,

            String email,
            Instant expiresAt) {}

    /** The password that is chosen; it is never shown. */
    @Schema(name = "ChosenPassword")
    public record PasswordForm(@Nullable String password) {
        @Override
        public String toString() {
            return "PasswordForm";
        }
    }

    @GET
    @Path("/{token}")
    @Anonymous
    @Operation(operationId = "getOneTimeLink", summary = "What a link is for; it stays unused")
    @ApiResponse(
            responseCode = "200",
            description = "The link",
            content = @Content(schema = @Schema(implementation = LinkJson.class)))
    public Response get(@Context Call call, @PathParam("token") String token) {
        Passwords.OpenLink link = passwords.link(token, call.namedTenant());
        return call.ok(new LinkJson(UserJson.lower(link.purpose()), link.email(), link.expiresAt()));
    }

    @POST
    @Path("/{token}/password")
    @Anonymous
    @Operation(operationId = "choosePassword", summary = "Choose a password by the link of a welcome or reset mail")
    @ApiResponse(responseCode = "204", description = "Set; every session of the user has ended")
    public Response password(@Context Call call, @PathParam("token") String token, @Nullable PasswordForm form) {
        passwords.setByLink(token, call.namedTenant(), form == null ? null : form.password(), call.address());
        return Response.noContent().build();
    }

    @POST
    @Path("/{token}/email")
    @Anonymous
    @Operation(operationId = "confirmEmail", summary = "Confirm a new e-mail address")
    @ApiResponse(responseCode = "204", description = "The address is the user's from now on")
    public Response email(@Context Call call, @PathParam("token") String token) {
        passwords.confirmEmail(token, call.namedTenant());
        return Response.noContent().build();
    }
}

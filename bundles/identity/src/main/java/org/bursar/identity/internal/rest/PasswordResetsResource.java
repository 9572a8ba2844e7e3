package org.bursar.identity.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.bursar.identity.internal.Passwords;
import org.bursar.identity.internal.ResetAnswers;
import org.bursar.kernel.Scope;
import org.bursar.kernel.TenantId;
import org.bursar.rest.Anonymous;
import org.bursar.rest.Call;
import org.jspecify.annotations.Nullable;

/** Asking for a new password over HTTP. */
@Path("/password-resets")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sign-in")
public final class PasswordResetsResource {
    private final Passwords passwords;
    private final ResetAnswers answers;

    PasswordResetsResource(Passwords passwords, ResetAnswers answers) {
        this.passwords = passwords;
        this.answers = answers;
    }

    /** Whose password. */
    @Schema(name = "PasswordReset")
    public record ResetForm(@Nullable String email) {}

    @POST
    @Anonymous
    @Operation(
            operationId = "askPasswordReset",
            summary = "Ask for a link to choose a new password",
            description = "The answer is the same whether or not the address has an account.")
    @ApiResponse(responseCode = "202", description = "If the address has an account, a mail is on its way")
    public Response ask(@Context Call call, @Nullable ResetForm form) {
        TenantId tenant = call.namedTenant().orElse(Scope.PLATFORM);
        passwords.askReset(tenant, form == null ? null : form.email(), call.address());
        answers.soon(tenant);
        return Response.accepted().build();
    }
}

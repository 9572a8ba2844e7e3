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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.bursar.identity.internal.OwnSecondFactor;
import org.bursar.identity.internal.SecondFactors;
import org.bursar.kernel.Checks;
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.Problems;
import org.bursar.kernel.UserId;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** One's own second step of signing in. No answer is kept for a repetition: what it shows is a secret. */
@Path("/me/second-factor")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sign-in")
public final class SecondFactorResource {
    private static final int LONGEST = 40;

    private final OwnSecondFactor own;

    SecondFactorResource(OwnSecondFactor own) {
        this.own = own;
    }

    /** How it stands. */
    @Schema(name = "SecondFactor")
    public record FactorJson(boolean enabled, @Nullable Instant since, int recoveryCodes) {}

    /** What the app is to be told. */
    @Schema(name = "SecondFactorEnrolment")
    public record EnrolmentJson(String secret, String uri) {
        @Override
        public String toString() {
            return "EnrolmentJson";
        }
    }

    /** For who loses the app. */
    @Schema(name = "RecoveryCodes")
    public record CodesJson(List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "CodesJson";
        }
    }

    /** One's own password; never shown. */
    @Schema(name = "OwnPassword")
    public record PasswordForm(@Nullable String password) {
        @Override
        public String toString() {
            return "PasswordForm";
        }
    }

    /** A code of the app. */
    @Schema(name = "SecondFactorCode")
    public record CodeForm(@Nullable String code) {
        @Override
        public String toString() {
            return "CodeForm";
        }
    }

    private static UserId user(Call call) {
        return call.caller().user().orElseThrow(Problems::notFound);
    }

    @GET
    @Requires(value = "me", level = Requires.Level.CALLER)
    @Operation(operationId = "getSecondFactor", summary = "Whether a code is asked of the caller at sign-in")
    @ApiResponse(
            responseCode = "200",
            description = "How it stands",
            content = @Content(schema = @Schema(implementation = FactorJson.class)))
    public Response get(@Context Call call) {
        SecondFactors.State state = own.state(CallerLevel.home(call.caller()), user(call));
        return call.ok(new FactorJson(state.enabled(), state.since(), state.recoveryCodes()));
    }

    @POST
    @Requires(value = "me", level = Requires.Level.CALLER)
    @Operation(
            operationId = "beginSecondFactor",
            summary = "Get a key for an authenticator app; it counts once a code of it was confirmed")
    @ApiResponse(
            responseCode = "200",
            description = "The key, shown once",
            content = @Content(schema = @Schema(implementation = EnrolmentJson.class)))
    public Response begin(@Context Call call, @Nullable PasswordForm form) {
        SecondFactors.Enrolment enrolment = own.begin(
                CallerLevel.home(call.caller()), user(call), form == null ? null : form.password(), call.address());
        return call.ok(new EnrolmentJson(enrolment.secret(), enrolment.uri()));
    }

    @POST
    @Path("/confirm")
    @Requires(value = "me", level = Requires.Level.CALLER)
    @Operation(
            operationId = "confirmSecondFactor",
            summary = "Turn the second step on with the app's first code; gives ten recovery codes, once")
    @ApiResponse(
            responseCode = "200",
            description = "It is on",
            content = @Content(schema = @Schema(implementation = CodesJson.class)))
    public Response confirm(@Context Call call, @Nullable CodeForm form) {
        String code = form == null || form.code() == null ? "" : form.code().strip();
        Checks checks = new Checks();
        checks.that(!code.isEmpty(), "/code", FieldProblems.REQUIRED, "required");
        checks.that(code.length() <= LONGEST, "/code", FieldProblems.TOO_LONG, "at most " + LONGEST);
        checks.done();
        return call.ok(new CodesJson(own.confirm(CallerLevel.home(call.caller()), user(call), code)));
    }

    @POST
    @Path("/remove")
    @Requires(value = "me", level = Requires.Level.CALLER)
    @Operation(operationId = "removeSecondFactor", summary = "Turn the second step off")
    @ApiResponse(responseCode = "204", description = "No code is asked any more")
    public Response remove(@Context Call call, @Nullable PasswordForm form) {
        own.remove(CallerLevel.home(call.caller()), user(call), form == null ? null : form.password(), call.address());
        return Response.noContent().build();
    }
}

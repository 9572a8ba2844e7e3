package org.bursar.purchases.internal.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
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
import org.bursar.kernel.FieldProblems;
import org.bursar.kernel.ProblemException;
import org.bursar.kernel.Problems;
import org.bursar.kernel.PurchaseId;
import org.bursar.purchases.Claim;
import org.bursar.purchases.Purchase;
import org.bursar.purchases.PurchaseClaims;
import org.bursar.purchases.PurchaseReconciler;
import org.bursar.purchases.Purchases;
import org.bursar.purchases.Slip;
import org.bursar.rest.BodyLimit;
import org.bursar.rest.Call;
import org.bursar.rest.MultipartForm;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Claims of deposits with their slips, and looks that people ask for. */
@Path("/purchases")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Purchases")
public final class PurchaseClaimsResource {
    /** What a form needs beside its file. */
    private static final int ENVELOPE = 64 * 1024;

    private static final String SLIP = "slip";
    private static final String NOTE = "note";

    private final Purchases purchases;
    private final PurchaseClaims claims;
    private final PurchaseReconciler reconciler;

    PurchaseClaimsResource(Purchases purchases, PurchaseClaims claims, PurchaseReconciler reconciler) {
        this.purchases = purchases;
        this.claims = claims;
        this.reconciler = reconciler;
    }

    /** The fields of the form, for the document. */
    record ClaimForm(
            @Schema(types = "string", format = "binary", description = "PDF, PNG or JPEG, at most 5 MiB")
            String slip,

            @Nullable @Schema(description = "at most 500 characters")
            String note) {}

    /** A claim as JSON. */
    record ClaimJson(
            String by, String name, Instant at, @Nullable String note, SlipJson slip, int slips) {
        static ClaimJson of(Claim value) {
            return new ClaimJson(
                    value.by(),
                    value.name(),
                    value.at(),
                    value.note(),
                    new SlipJson(value.fileName(), value.mediaType(), value.bytes()),
                    value.slips());
        }
    }

    /** What is known of a slip; its bytes are at {@code /purchases/{id}/slip}. */
    record SlipJson(String fileName, String mediaType, int bytes) {}

    @POST
    @Path("/{purchase}/claim")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @BodyLimit(PurchaseClaims.LARGEST_SLIP + ENVELOPE)
    @Requires("purchases:write")
    @Operation(
            operationId = "claimPurchase",
            summary = "The money was deposited: here is the slip",
            description =
                    "A form with the file slip (PDF, PNG or JPEG by its bytes, at most 5 MiB) and the text note. The purchase is"
                            + " under review from then on. Another slip may follow, five in all.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = ClaimForm.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PurchaseJson.class)))
    public Response claim(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId id,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            byte @Nullable [] body,
            @Context Call call) {
        MultipartForm form = MultipartForm.read(contentType, body == null ? new byte[0] : body, List.of(SLIP, NOTE));
        MultipartForm.Part slip = form.file(SLIP)
                .orElseThrow(() -> new ProblemException(
                        Problems.invalid("/" + SLIP, FieldProblems.REQUIRED, "required, as a file")));
        String name = slip.fileName() == null ? SLIP : slip.fileName();
        return call.once(
                () -> claims.claim(call.scope(), id, name, slip.content(), form.text(NOTE))
                        .id()
                        .toString(),
                done -> shown(call, id));
    }

    private Response shown(Call call, PurchaseId id) {
        Purchase purchase = purchases.get(call.scope(), id);
        return call.ok(PurchaseJson.of(purchase, call.scope().customers().isEmpty()), purchase.version());
    }

    @GET
    @Path("/{purchase}/claim")
    @Requires("purchases:read")
    @Operation(operationId = "getPurchaseClaim", summary = "What the payer claimed last")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ClaimJson.class)))
    public Response claimed(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId id, @Context Call call) {
        return call.ok(ClaimJson.of(claims.last(call.scope(), id)));
    }

    @GET
    @Path("/{purchase}/slip")
    @Produces({MediaType.WILDCARD})
    @Requires("purchases:read")
    @Operation(
            operationId = "getPurchaseSlip",
            summary = "The slip that was claimed with last, as a file to be saved",
            description = "A stranger made it: it is sent as an attachment that no browser shows or runs.")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = "application/pdf", schema = @Schema(types = "string", format = "binary")),
                @Content(mediaType = "image/png", schema = @Schema(types = "string", format = "binary")),
                @Content(mediaType = "image/jpeg", schema = @Schema(types = "string", format = "binary"))
            })
    public Response slip(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId id, @Context Call call) {
        Slip slip = claims.slip(call.scope(), id);
        return Response.ok(slip.content(), slip.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + slip.fileName() + '"')
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .build();
    }

    @POST
    @Path("/{purchase}/reconcile")
    @Requires("purchases:approve")
    @Operation(
            operationId = "reconcilePurchase",
            summary = "Ask the provider about a purchase now",
            description = "When the provider does not tell, the purchase stays as it is and its alert says why.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PurchaseJson.class)))
    public Response reconcile(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId id, @Context Call call) {
        // asking twice does no harm, and a gateway is called outside any transaction
        reconciler.lookNow(call.scope(), id);
        return shown(call, id);
    }
}

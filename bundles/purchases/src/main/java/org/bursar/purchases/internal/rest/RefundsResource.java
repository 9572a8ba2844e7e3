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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.bursar.kernel.Money;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RefundId;
import org.bursar.kernel.Scope;
import org.bursar.purchases.PurchaseRefunds;
import org.bursar.rest.Call;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Refunds and disputes of one purchase. */
// as the other resources of purchases: of two that fit, only the one with the longer path is asked
@Path("/purchases")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Purchases")
public final class RefundsResource {
    private static final String READ = "purchases:read";
    private static final String REFUND = "purchases:approve";

    private final PurchaseRefunds refunds;

    RefundsResource(PurchaseRefunds refunds) {
        this.refunds = refunds;
    }

    @POST
    @Path("/{purchase}/refund")
    @Requires(REFUND)
    @Operation(
            operationId = "refundPurchase",
            summary = "Pay back all or a part; the credit goes by as much",
            description =
                    "Where people decide, it says that the money was paid back. Elsewhere the provider is asked once the refund"
                            + " is stored; while its outcome is not known the status is unknown, and nothing is paid back twice.")
    @RequestBody(content = @Content(schema = @Schema(implementation = RefundForm.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = RefundJson.class)))
    public Response refund(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId purchase,
            @Nullable RefundForm form,
            @Context Call call) {
        RefundForm sent = form == null ? RefundForm.EMPTY : form;
        Scope scope = call.scope();
        return call.once(
                () -> {
                    String reason = sent.reason() == null ? "" : sent.reason();
                    return refunds.plan(scope, purchase, sent.money(), reason).toString();
                },
                id -> {
                    RefundId refund = RefundId.fromString(id);
                    refunds.execute(scope, refund);
                    return call.created(
                            "/purchases/" + purchase + "/refunds/" + id,
                            RefundJson.of(refunds.get(scope, purchase, refund), true),
                            0);
                });
    }

    @POST
    @Path("/{purchase}/refund/preview")
    @Requires(REFUND)
    @Operation(
            operationId = "previewRefund",
            summary = "What a refund would take from the wallet, and what is spent already; nothing is changed")
    @RequestBody(content = @Content(schema = @Schema(implementation = RefundPreviewForm.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RefundPreviewJson.class)))
    public Response preview(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId purchase,
            @Nullable RefundPreviewForm form,
            @Context Call call) {
        RefundPreviewForm sent = form == null ? RefundPreviewForm.EMPTY : form;
        Optional<Money> amount = new RefundForm(sent.amount(), null).money();
        return call.once(
                () -> {
                    refunds.preview(call.scope(), purchase, amount);
                    return purchase.toString();
                },
                id -> call.ok(RefundPreviewJson.of(refunds.preview(call.scope(), purchase, amount))));
    }

    @GET
    @Path("/{purchase}/refunds")
    @Requires(READ)
    @Operation(operationId = "listRefunds", summary = "Refunds of a purchase, newest first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RefundPage.class)))
    public Response list(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId purchase,
            @Context Call call) {
        boolean forAdmins = call.scope().customers().isEmpty();
        return call.list(
                refunds.list(call.scope(), purchase, call.page()).map(refund -> RefundJson.of(refund, forAdmins)));
    }

    @GET
    @Path("/{purchase}/refunds/{refund}")
    @Requires(READ)
    @Operation(operationId = "getRefund", summary = "One refund")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RefundJson.class)))
    public Response get(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId purchase,
            @Parameter(schema = @Schema(types = "string")) @PathParam("refund") RefundId refund,
            @Context Call call) {
        return call.ok(RefundJson.of(
                refunds.get(call.scope(), purchase, refund),
                call.scope().customers().isEmpty()));
    }

    @GET
    @Path("/{purchase}/disputes")
    @Requires(READ)
    @Operation(operationId = "listPurchaseDisputes", summary = "Disputes of a purchase, newest first")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DisputePage.class)))
    public Response disputes(
            @Parameter(schema = @Schema(types = "string")) @PathParam("purchase") PurchaseId purchase,
            @Context Call call) {
        return call.list(refunds.disputes(call.scope(), Optional.of(purchase), Optional.empty(), call.page())
                .map(DisputeJson::of));
    }
}

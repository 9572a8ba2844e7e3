package org.bursar.customers.internal.rest;

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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bursar.customers.internal.AccountLifecycle;
import org.bursar.customers.internal.AccountLifecycle.Verb;
import org.bursar.customers.internal.CompanyAccounts;
import org.bursar.customers.internal.CustomerDirectory;
import org.bursar.customers.internal.CustomerDirectory.Total;
import org.bursar.customers.internal.CustomerFilter;
import org.bursar.customers.internal.CustomerForm;
import org.bursar.customers.internal.CustomerRow;
import org.bursar.customers.internal.FoundCustomer;
import org.bursar.customers.internal.NewCustomerForm;
import org.bursar.customers.internal.Warning;
import org.bursar.identity.UserSummary;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.Page;
import org.bursar.kernel.Scope;
import org.bursar.rest.Call;
import org.bursar.rest.Csv;
import org.bursar.rest.Requires;
import org.jspecify.annotations.Nullable;

/** Company accounts over HTTP. */
@Path("/customers")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Customers")
public final class CustomersResource {
    private static final Csv<FoundCustomer> CSV = new Csv<>(
            "customers.csv",
            List.of(
                    "id",
                    "name",
                    "adminName",
                    "adminEmail",
                    "phone",
                    "website",
                    "country",
                    "line1",
                    "line2",
                    "city",
                    "state",
                    "postalCode",
                    "status",
                    "standing",
                    "subscriptionStatus",
                    "plan",
                    "balance",
                    "messages",
                    "threads",
                    "createdAt"),
            CustomersResource::cells);

    private final CompanyAccounts accounts;
    private final AccountLifecycle lifecycle;
    private final CustomerDirectory directory;

    CustomersResource(CompanyAccounts accounts, AccountLifecycle lifecycle, CustomerDirectory directory) {
        this.accounts = accounts;
        this.lifecycle = lifecycle;
        this.directory = directory;
    }

    private static List<@Nullable Object> cells(FoundCustomer customer) {
        CustomerRow row = customer.row();
        UserSummary admin = customer.admin();
        return Arrays.asList(
                row.customerId(),
                row.name(),
                admin == null ? null : admin.name(),
                admin == null ? null : admin.email(),
                row.phone(),
                row.website(),
                row.country(),
                row.line1(),
                row.line2(),
                row.city(),
                row.state(),
                row.postalCode(),
                row.status(),
                customer.standing(),
                customer.facts().get("subscriptionStatus"),
                customer.facts().get("plan"),
                customer.facts().get("balance"),
                customer.facts().get("messages"),
                customer.facts().get("threads"),
                row.createdAt());
    }

    @POST
    @Requires("customers:write")
    @Operation(
            operationId = "createCustomer",
            summary = "Create a customer with its admin, wallet and subscription",
            description = "A company that looks like a duplicate and a personal e-mail address give warnings.")
    @ApiResponse(
            responseCode = "201",
            description = "Created; the welcome mail is on its way",
            content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    public Response create(@Context Call call, @Nullable NewCustomerForm form) {
        Scope scope = call.scope();
        return call.once(
                () -> accounts.create(scope, form == null ? NewCustomerForm.EMPTY : form)
                        .toString(),
                id -> {
                    CustomerId customer = CustomerId.fromString(id);
                    FoundCustomer found = directory.get(scope, customer);
                    List<Warning> warnings = accounts.warnings(scope, customer);
                    return call.created(
                            "/customers/" + id,
                            CustomerJson.of(scope, found, warnings),
                            found.row().version());
                });
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, "text/csv"})
    @Requires("customers:read")
    @Operation(
            operationId = "listCustomers",
            summary = "List and search customers",
            description =
                    "With Accept: text/csv every row that the filters ask for, without pages. A page of a list that is"
                            + " filtered by plan or balance, or by active, trialing, past_due, cancelled or locked, may hold fewer than limit while next is"
                            + " not null.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of customers",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = CustomersJson.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    public Response list(
            @Context Call call,
            @Parameter(description = "part of a name or of the admin's e-mail, in any case") @QueryParam("q") @Nullable
                    String q,
            @Parameter(
                            description =
                                    "the standing: active, trialing, past_due, cancelled, locked, suspended, inactive or deleted;"
                                            + " all but deleted without it")
                    @QueryParam("status")
                    @Nullable
                    String status,
            @Parameter(description = "the key of a plan") @QueryParam("plan") @Nullable String plan,
            @Parameter(description = "the country of the address: two letters of ISO 3166-1, such as US")
                    @QueryParam("country")
                    @Nullable
                    String country,
            @Parameter(description = "registered since: a time, or a date in UTC") @QueryParam("from") @Nullable
                    String from,
            @Parameter(description = "registered before a time, or until the end of a date in UTC")
                    @QueryParam("to")
                    @Nullable
                    String to,
            @Parameter(description = "negative, zero or positive: on which side of zero the wallet's balance is")
                    @QueryParam("balance")
                    @Nullable
                    String balance,
            @Parameter(description = "-registered (newest first, the default), registered, name or -name")
                    @QueryParam("sort")
                    @Nullable
                    String sort,
            @Parameter(
                            description =
                                    "ids of customers, at most " + CustomerFilter.MOST_CHOSEN
                                            + ", with commas between them, and no other filter and no sort beside them: those that are there, the newest first")
                    @QueryParam("customers")
                    @Nullable
                    String customers) {
        Scope scope = call.scope();
        CustomerFilter.Query query = new CustomerFilter.Query(q, status, plan, country, from, to, balance, sort);
        Set<CustomerId> chosen = CustomerFilter.chosen(customers, query);
        CustomerFilter filter = CustomerFilter.of(query);
        Response list = call.list(
                page -> chosen.isEmpty() ? directory.list(scope, filter, page) : directory.chosen(scope, chosen, page),
                found -> CustomerJson.of(scope, found, null),
                CSV);
        if (list.getEntity() instanceof Page<?> page) {
            Optional<Total> total =
                    chosen.isEmpty() ? directory.count(scope, filter, call.page(), page) : Optional.empty();
            return Response.fromResponse(list)
                    .entity(new CustomersJson(
                            page.items(),
                            page.next(),
                            total.map(Total::counted).orElse(null),
                            total.filter(Total::more).isPresent()))
                    .build();
        }
        return list;
    }

    @GET
    @Path("/{id}")
    @Requires("customers:read")
    @Operation(operationId = "getCustomer", summary = "One customer")
    @ApiResponse(
            responseCode = "200",
            description = "The customer",
            content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    public Response get(@Context Call call, @PathParam("id") CustomerId id) {
        return shown(call, id);
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Requires("customers:write")
    @Operation(
            operationId = "updateCustomer",
            summary = "Edit a customer (JSON Merge Patch)",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = CustomerForm.class))))
    @ApiResponse(
            responseCode = "200",
            description = "The customer after the change",
            content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    public Response update(@Context Call call, @PathParam("id") CustomerId id, JsonNode patch) {
        accounts.update(call.scope(), id, call.ifMatch(), now -> call.patched(now, patch, CustomerForm.class));
        return shown(call, id);
    }

    @DELETE
    @Path("/{id}")
    @Requires("customers:write")
    @Operation(
            operationId = "deleteCustomer",
            summary = "Delete a customer: its grace period begins, then its personal data is erased")
    @ApiResponse(
            responseCode = "200",
            description = "Deleted; eraseAfter says until when activate brings it back",
            content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    public Response delete(@Context Call call, @PathParam("id") CustomerId id) {
        lifecycle.change(call.scope(), id, Verb.DELETE, call.ifMatch(), null);
        return shown(call, id);
    }

    @POST
    @Path("/{id}/activate")
    @Requires("customers:write")
    @Operation(
            operationId = "activateCustomer",
            summary = "Activate an inactive customer, or a deleted one in its grace period")
    @ApiResponse(
            responseCode = "200",
            description = "Active",
            content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    public Response activate(@Context Call call, @PathParam("id") CustomerId id, @Nullable ReasonForm form) {
        return change(call, id, Verb.ACTIVATE, form);
    }

    @POST
    @Path("/{id}/deactivate")
    @Requires("customers:write")
    @Operation(operationId = "deactivateCustomer", summary = "Nobody of the customer signs in; its data is kept")
    @ApiResponse(
            responseCode = "200",
            description = "Inactive",
            content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    public Response deactivate(@Context Call call, @PathParam("id") CustomerId id, @Nullable ReasonForm form) {
        return change(call, id, Verb.DEACTIVATE, form);
    }

    @POST
    @Path("/{id}/suspend")
    @Requires("customers:write")
    @Operation(
            operationId = "suspendCustomer",
            summary = "No AI calls and no new users; signing in, viewing and paying still work")
    @ApiResponse(
            responseCode = "200",
            description = "Suspended",
            content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    public Response suspend(@Context Call call, @PathParam("id") CustomerId id, @Nullable ReasonForm form) {
        return change(call, id, Verb.SUSPEND, form);
    }

    @POST
    @Path("/{id}/resume")
    @Requires("customers:write")
    @Operation(operationId = "resumeCustomer", summary = "Lift a suspension")
    @ApiResponse(
            responseCode = "200",
            description = "Active",
            content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    public Response resume(@Context Call call, @PathParam("id") CustomerId id, @Nullable ReasonForm form) {
        return change(call, id, Verb.RESUME, form);
    }

    @POST
    @Path("/{id}/views")
    @Requires("customers:read")
    @Operation(
            operationId = "noteCustomerView",
            summary =
                    "Note in the audit log that somebody of the tenant looks at a customer's dashboard as the customer sees it")
    @ApiResponse(responseCode = "204", description = "Noted")
    public Response viewed(@Context Call call, @PathParam("id") CustomerId id) {
        return call.once(
                () -> accounts.viewed(call.scope(), id).toString(),
                noted -> Response.noContent().build());
    }

    @PUT
    @Path("/{id}/workspaces")
    @Requires("customers:write")
    @Operation(operationId = "setCustomerWorkspaces", summary = "Set the workspaces that a customer may use")
    @ApiResponse(
            responseCode = "200",
            description = "The customer after the change",
            content = @Content(schema = @Schema(implementation = CustomerJson.class)))
    public Response setWorkspaces(@Context Call call, @PathParam("id") CustomerId id, @Nullable WorkspacesForm form) {
        List<@Nullable String> sent = form == null ? null : form.workspaces();
        accounts.setWorkspaces(call.scope(), id, call.ifMatch(), sent);
        return shown(call, id);
    }

    private Response change(Call call, CustomerId id, Verb verb, @Nullable ReasonForm form) {
        String reason = form == null ? null : form.reason();
        return call.once(
                () -> {
                    lifecycle.change(call.scope(), id, verb, call.ifMatch(), reason);
                    return id.toString();
                },
                same -> shown(call, id));
    }

    /** The answer carries balances and counts that change without a new version: If-None-Match must not hide them. */
    private Response shown(Call call, CustomerId id) {
        FoundCustomer found = directory.get(call.scope(), id);
        return Response.fromResponse(call.ok(CustomerJson.of(call.scope(), found, null)))
                .tag(new EntityTag(Long.toString(found.row().version())))
                .build();
    }

    /** Why a status changes, for people. */
    public record ReasonForm(@Nullable String reason) {}

    /** The workspaces that a customer may use from now on. */
    public record WorkspacesForm(@Nullable List<@Nullable String> workspaces) {}
}

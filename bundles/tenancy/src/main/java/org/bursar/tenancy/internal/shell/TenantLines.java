package org.bursar.tenancy.internal.shell;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bursar.kernel.Actor;
import org.bursar.kernel.Scope;
import org.bursar.tenancy.Tenant;

/** What commands share: the operator's scope, and a tenant in the shape of the HTTP interface. */
final class TenantLines {
    static final Scope SCOPE = Scope.platform(new Actor(Actor.Kind.OPERATOR, "operator", "operator"));

    private static final JsonMapper JSON = new JsonMapper();

    private TenantLines() {}

    static ObjectNode node(Tenant tenant) {
        return JSON.createObjectNode()
                .put("id", tenant.id().toString())
                .put("slug", tenant.slug())
                .put("name", tenant.name())
                .put("kind", tenant.kind())
                .put("unit", tenant.unit())
                .put("timeZone", tenant.timeZone().getId())
                .put("createdAt", tenant.createdAt().toString());
    }
}

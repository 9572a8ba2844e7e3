package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.TenantId;

/** Statements over which purchases are looked at when, and what leads to them. */
public interface LookMapper {
    /** Purchases that are due, longest first, beside those of some gateways. */
    @Select("""
            select purchase_id, gateway_id from purchases.purchase
             where tenant_id = #{tenant} and dirty and next_look_at <= #{now} and gateway_id <> all (#{without})
             order by next_look_at
             limit #{limit}
            """)
    List<DueRow> due(TenantId tenant, Instant now, String[] without, int limit);

    /** The purchase that a provider's payment pays for. */
    @Select("""
            select purchase_id from purchases.purchase
             where tenant_id = #{tenant} and gateway_id = #{gateway} and ref_kind = #{kind} and ref_id = #{ref}
            """)
    Optional<PurchaseId> byReference(TenantId tenant, String gateway, String kind, String ref);

    /**
     * Makes a purchase due now. A ticket is spent as well: a look that is under way began before whatever is hinted at, so
     * it must not be the last one.
     */
    @Update("""
            update purchases.purchase set dirty = true, looks = 0, ticket = ticket + 1, next_look_at = #{now}
             where tenant_id = #{tenant} and purchase_id = #{id}
            """)
    int hinted(TenantId tenant, PurchaseId id, Instant now);

    /** Whether a purchase of the gateway waits to learn what the provider calls it. */
    @Select("""
            select exists (
              select 1 from purchases.purchase
               where tenant_id = #{tenant} and state = 'CREATED' and gateway_id = #{gateway} and ref_id is null)
            """)
    boolean unnamed(TenantId tenant, String gateway);

    /** Whether somebody starts the checkout of a purchase right now. */
    @Select("""
            select exists (
              select 1 from purchases.gateway_intent
               where tenant_id = #{tenant} and purchase_id = #{id} and operation = 'CHECKOUT'
                 and status in ('PLANNED', 'UNKNOWN') and lease_until > #{now})
            """)
    boolean starting(TenantId tenant, PurchaseId id, Instant now);

    /** Tells a purchase what the provider calls its payment, unless it knows. */
    @Update("""
            update purchases.purchase
               set ref_kind = #{kind}, ref_id = #{ref}, expires_at = coalesce(expires_at, #{expiresAt}), looks = 0,
                   ticket = ticket + 1, updated_at = #{now}, version = version + 1
             where tenant_id = #{tenant} and purchase_id = #{id} and ref_id is null
            """)
    int adopt(TenantId tenant, PurchaseId id, String kind, String ref, Instant expiresAt, Instant now);

    /** The call that started the checkout is done, whatever it would still answer. */
    @Update("""
            update purchases.gateway_intent set status = 'DONE', lease_until = null, updated_at = #{now}
             where tenant_id = #{tenant} and purchase_id = #{id} and operation = 'CHECKOUT' and status in ('PLANNED', 'UNKNOWN')
            """)
    int overtaken(TenantId tenant, PurchaseId id, Instant now);
}

package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.jspecify.annotations.Nullable;

/** Statements over plans that providers collect for. */
public interface SaleMapper {
    /** What every select of a {@link SaleRow} begins with. */
    String SALE = """
            select s.purchase_id, s.customer_id, s.plan_id, s.plan_version, s.gateway_id, s.mode, s.status, s.failing,
                   s.subscription_kind, s.subscription_id, s.looks, s.next_look_at, p.ref_kind, p.ref_id,
                   p.approved_at is not null as paid, newest.state as newest
              from purchases.plan_sale s
              join purchases.purchase p on p.tenant_id = s.tenant_id and p.purchase_id = s.purchase_id
              join lateral (
                select n.state from purchases.purchase n
                 where n.tenant_id = s.tenant_id and n.plan_sale = s.purchase_id
                 order by n.number desc
                 limit 1) newest on true
             where s.tenant_id = #{tenant}
            """;

    @Insert("""
            insert into purchases.plan_sale (tenant_id, purchase_id, customer_id, plan_id, plan_version, gateway_id, mode, status,
                failing, looks, next_look_at, created_at, updated_at)
            values (#{tenant}, #{id}, #{customer}, #{plan}, #{version}, #{gateway}, #{mode}, 'OPEN', false, 0, #{now}, #{now}, #{now})
            """)
    int insert(
            TenantId tenant,
            PurchaseId id,
            CustomerId customer,
            PlanId plan,
            int version,
            String gateway,
            Mode mode,
            Instant now);

    /** Keeps that a tenant has sales; the row is the platform's. */
    @Insert("""
            insert into purchases.plan_tenant (tenant_id, owner_id) values (#{platform}, #{owner})
            on conflict (tenant_id, owner_id) do nothing
            """)
    int remember(TenantId platform, UUID owner);

    /** Tenants in which a plan was ever taken, in the order of their ids, those after one. */
    @Select("""
            select owner_id from purchases.plan_tenant
             where tenant_id = #{platform} and owner_id > #{after}
             order by owner_id
             limit #{limit}
            """)
    List<UUID> tenants(TenantId platform, UUID after, int limit);

    /** Those that are not over, after one of them. One that nobody has paid for is over after so long a time. */
    @Select(SALE + """
               and s.status <> 'ENDED' and s.purchase_id > #{after}
               and (s.status <> 'OPEN' or s.created_at > #{since})
             order by s.purchase_id
             limit #{limit}
            """)
    List<SaleRow> goingOn(TenantId tenant, UUID after, Instant since, int limit);

    @Select(SALE + " and s.purchase_id = #{id} for update of s")
    Optional<SaleRow> lock(TenantId tenant, PurchaseId id);

    /** Whether the customer has one of this plan that goes on. */
    @Select("""
            select exists (
              select 1 from purchases.plan_sale
               where tenant_id = #{tenant} and customer_id = #{customer} and plan_id = #{plan}
                 and status in ('RUNNING', 'STOPPING'))
            """)
    boolean running(TenantId tenant, CustomerId customer, PlanId plan);

    /** How it stands from now on, and when it is looked at. */
    @Update("""
            update purchases.plan_sale
               set status = #{status}, failing = #{failing}, looks = #{looks}, next_look_at = #{lookAt}, note = #{note},
                   updated_at = #{now}
             where tenant_id = #{tenant} and purchase_id = #{id}
            """)
    int stands(
            TenantId tenant,
            PurchaseId id,
            String status,
            boolean failing,
            int looks,
            Instant lookAt,
            @Nullable String note,
            Instant now);

    @Update("""
            update purchases.plan_sale set failing = #{failing}, updated_at = #{now}
             where tenant_id = #{tenant} and purchase_id = #{id}
            """)
    int failing(TenantId tenant, PurchaseId id, boolean failing, Instant now);

    @Update("""
            update purchases.plan_sale set subscription_kind = #{kind}, subscription_id = #{ref}
             where tenant_id = #{tenant} and purchase_id = #{id}
            """)
    int named(TenantId tenant, PurchaseId id, String kind, String ref);

    /** Makes the one that the provider's subscription is of due; answers 0 when there is none. */
    @Update("""
            update purchases.plan_sale set next_look_at = #{now}
             where tenant_id = #{tenant} and gateway_id = #{gateway} and subscription_kind = #{kind} and subscription_id = #{ref}
               and status <> 'ENDED'
            """)
    int hinted(TenantId tenant, String gateway, String kind, String ref, Instant now);
}

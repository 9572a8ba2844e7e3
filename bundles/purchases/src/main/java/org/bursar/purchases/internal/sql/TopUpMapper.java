package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.SavedMethodId;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.TopUpStop;
import org.jspecify.annotations.Nullable;

/** Statements over what customers allow to be charged, and what was. */
public interface TopUpMapper {
    String TOP_UP = """
            select customer_id, enabled, below, package_id, price_minor, price_currency, credits, method_id, most_a_day,
                   most_a_month, renewals, low, declines, current_purchase, next_try_at, ask_payer, stopped, allowed_by_name,
                   allowed_at, version
              from purchases.top_up
             where tenant_id = #{tenant}
            """;

    @Select(TOP_UP + " and customer_id = #{customer}")
    Optional<TopUpRow> find(TenantId tenant, CustomerId customer);

    @Select(TOP_UP + " and customer_id = #{customer} for update")
    Optional<TopUpRow> lock(TenantId tenant, CustomerId customer);

    @Select(TOP_UP + """
               and (#{after}::uuid is null or customer_id > #{after}::uuid)
             order by customer_id
             limit #{limit}
            """)
    List<TopUpRow> page(TenantId tenant, @Nullable CustomerId after, int limit);

    /** Stores what a person allows; what the method was refused before is forgotten. */
    @Insert("""
            insert into purchases.top_up as t (tenant_id, customer_id, enabled, below, package_id, price_minor, price_currency,
                credits, method_id, most_a_day, most_a_month, renewals, low, declines, ask_payer, allowed_by, allowed_by_name,
                allowed_at, updated_at, version)
            values (#{tenant}, #{n.customer}, #{n.enabled}, #{n.below}, #{n.packageId}, #{n.priceMinor}, #{n.priceCurrency},
                #{n.credits}, #{n.method}, #{n.mostADay}, #{n.mostAMonth}, #{n.renewals}, false, 0, false, #{actor.id},
                #{actor.name}, #{now}, #{now}, 1)
            on conflict (tenant_id, customer_id) do update
              set enabled = excluded.enabled, below = excluded.below, package_id = excluded.package_id,
                  price_minor = excluded.price_minor, price_currency = excluded.price_currency, credits = excluded.credits,
                  method_id = excluded.method_id, most_a_day = excluded.most_a_day, most_a_month = excluded.most_a_month,
                  renewals = excluded.renewals, low = t.low and t.below = excluded.below, declines = 0, next_try_at = null,
                  ask_payer = false, stopped = null, allowed_by = excluded.allowed_by,
                  allowed_by_name = excluded.allowed_by_name, allowed_at = excluded.allowed_at,
                  updated_at = excluded.updated_at, version = t.version + 1
            """)
    int put(TenantId tenant, @Param("n") NewTopUpRow topUp, Actor actor, Instant now);

    /** Keeps that a tenant has top-ups; the row is the platform's. */
    @Insert("""
            insert into purchases.top_up_tenant (tenant_id, owner_id) values (#{platform}, #{owner})
            on conflict (tenant_id, owner_id) do nothing
            """)
    int remember(TenantId platform, UUID owner);

    /** Tenants in which a top-up was ever allowed, in the order of their ids, those after one. */
    @Select("""
            select owner_id from purchases.top_up_tenant
             where tenant_id = #{platform} and owner_id > #{after}
             order by owner_id
             limit #{limit}
            """)
    List<UUID> tenants(TenantId platform, UUID after, int limit);

    @Delete("delete from purchases.top_up where tenant_id = #{tenant} and customer_id = #{customer}")
    int delete(TenantId tenant, CustomerId customer);

    @Update("""
            update purchases.top_up set low = #{low}, updated_at = #{now}
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int low(TenantId tenant, CustomerId customer, boolean low, Instant now);

    /** Nothing is charged before then. */
    @Update("""
            update purchases.top_up set next_try_at = #{until}, updated_at = #{now}
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int pause(TenantId tenant, CustomerId customer, Instant until, Instant now);

    @Update("""
            update purchases.top_up set current_purchase = #{purchase}, next_try_at = null, ask_payer = false, updated_at = #{now}
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int begun(TenantId tenant, CustomerId customer, PurchaseId purchase, Instant now);

    /** What became of a charge. */
    @Update("""
            update purchases.top_up
               set declines = #{declines}, next_try_at = #{nextTryAt}, ask_payer = #{askPayer}, updated_at = #{now}
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int ended(
            TenantId tenant,
            CustomerId customer,
            int declines,
            @Nullable Instant nextTryAt,
            boolean askPayer,
            Instant now);

    @Update("""
            update purchases.top_up
               set enabled = false, ask_payer = false, stopped = #{why}, updated_at = #{now}, version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer} and enabled
            """)
    int stop(TenantId tenant, CustomerId customer, TopUpStop why, Instant now);

    @Insert("""
            insert into purchases.top_up_charge (tenant_id, purchase_id, customer_id, method_id, by_payer, created_at)
            values (#{tenant}, #{purchase}, #{customer}, #{method}, #{byPayer}, #{now})
            """)
    int charge(
            TenantId tenant,
            PurchaseId purchase,
            CustomerId customer,
            SavedMethodId method,
            boolean byPayer,
            Instant now);

    @Select("""
            select purchase_id, customer_id, method_id, by_payer, declined from purchases.top_up_charge
             where tenant_id = #{tenant} and purchase_id = #{purchase}
            """)
    Optional<ChargeRow> charged(TenantId tenant, PurchaseId purchase);

    /** Says why a charge was refused; nothing when that was said before. */
    @Update("""
            update purchases.top_up_charge set declined = #{why}
             where tenant_id = #{tenant} and purchase_id = #{purchase} and declined is null
            """)
    int declined(TenantId tenant, PurchaseId purchase, String why);

    /** Charges since then, whatever became of them; what the payer paid by hand is none. */
    @Select("""
            select count(*) from purchases.top_up_charge
             where tenant_id = #{tenant} and customer_id = #{customer} and created_at >= #{since} and not by_payer
            """)
    int chargesSince(TenantId tenant, CustomerId customer, Instant since);

    /**
     * Whether a purchase of a top-up may still bring credit. One that a gateway has refused may not; one that the payer was asked
     * for may, for as long as its page is open.
     */
    @Select("""
            select exists (
              select 1
                from purchases.top_up_charge c
                join purchases.purchase p on p.tenant_id = c.tenant_id and p.purchase_id = c.purchase_id
               where c.tenant_id = #{tenant} and c.customer_id = #{customer}
                 and (p.state in ('CREATED', 'AWAITING_PAYMENT', 'UNDER_REVIEW') and c.declined is null
                   or p.state = 'DECLINED' and p.dirty and c.by_payer))
            """)
    boolean underWay(TenantId tenant, CustomerId customer);
}

package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.RefundId;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.PurchaseDispute;
import org.bursar.purchases.RefundStatus;
import org.jspecify.annotations.Nullable;

/** Statements over refunds and disputes. Who writes has locked the purchase. */
public interface RefundMapper {
    String REFUND = """
            select refund_id, purchase_id, customer_id, intent_key, origin, amount_minor, currency, reason, status, provider_id,
                   detail, attempts, created_by_name, created_at, settled_at
              from purchases.refund
             where tenant_id = #{tenant}
            """;

    @Insert("""
            insert into purchases.refund (tenant_id, refund_id, purchase_id, customer_id, intent_key, origin, amount_minor,
                currency, reason, status, provider_id, attempts, next_attempt_at, created_by, created_by_name, created_at,
                updated_at, settled_at)
            values (#{tenant}, #{refund}, #{purchase}, #{customer}, #{key}, #{origin}, #{minor},
                #{currency}, #{reason}, #{status}, #{provider}, 0, #{next}, #{by}, #{byName}, #{now},
                #{now}, #{settled})
            """)
    int insert(
            TenantId tenant,
            RefundId refund,
            PurchaseId purchase,
            CustomerId customer,
            String key,
            String origin,
            long minor,
            String currency,
            String reason,
            RefundStatus status,
            @Nullable String provider,
            @Nullable Instant next,
            String by,
            String byName,
            Instant now,
            @Nullable Instant settled);

    @Select(REFUND + " and refund_id = #{refund}")
    Optional<RefundRow> find(TenantId tenant, RefundId refund);

    @Select(REFUND + " and purchase_id = #{purchase} order by created_at, refund_id")
    List<RefundRow> ofPurchase(TenantId tenant, PurchaseId purchase);

    @Select(REFUND + """
               and purchase_id = #{purchase} and (#{before}::uuid is null or refund_id < #{before}::uuid)
             order by refund_id desc
             limit #{limit}
            """)
    List<RefundRow> page(TenantId tenant, PurchaseId purchase, @Nullable RefundId before, int limit);

    /** Those that are to be asked for, longest first, beside those of some gateways. */
    @Select("""
            select r.refund_id, p.gateway_id
              from purchases.refund r
              join purchases.purchase p on p.tenant_id = r.tenant_id and p.purchase_id = r.purchase_id
             where r.tenant_id = #{tenant} and r.next_attempt_at <= #{now} and p.gateway_id <> all (#{without})
             order by r.next_attempt_at
             limit #{limit}
            """)
    List<DueRefundRow> due(TenantId tenant, Instant now, String[] without, int limit);

    /**
     * Takes a refund that is to be asked for, unless somebody asks right now. A lease that is still there is of an attempt that
     * never told its outcome, so that is unknown.
     */
    @Select(affectData = true, value = """
            update purchases.refund
               set lease_until = #{until}, next_attempt_at = #{until}, attempts = attempts + 1, updated_at = #{now},
                   status = case when lease_until is null then status else 'UNKNOWN' end
             where tenant_id = #{tenant} and refund_id = #{refund} and status in ('PLANNED', 'UNKNOWN')
               and (lease_until is null or lease_until <= #{now})
            returning refund_id, purchase_id, customer_id, intent_key, origin, amount_minor, currency, reason, status,
                      provider_id, detail, attempts, created_by_name, created_at, settled_at
            """)
    Optional<RefundRow> take(TenantId tenant, RefundId refund, Instant now, Instant until);

    /** Stores what became of a call. What was unknown once is never again as if it had not been made. */
    @Update("""
            update purchases.refund
               set status = case when status = 'UNKNOWN' and #{status} = 'PLANNED' then status else #{status} end,
                   detail = #{detail}, lease_until = null, next_attempt_at = #{next}, settled_at = #{settled}, updated_at = #{now}
             where tenant_id = #{tenant} and refund_id = #{refund} and status in ('PLANNED', 'UNKNOWN')
            """)
    int conclude(
            TenantId tenant,
            RefundId refund,
            RefundStatus status,
            @Nullable String detail,
            @Nullable Instant next,
            @Nullable Instant settled,
            Instant now);

    /** What the provider shows of it. */
    @Update("""
            update purchases.refund
               set status = #{status}, provider_id = #{provider}, lease_until = null, next_attempt_at = null,
                   settled_at = #{settled}, updated_at = #{now}
             where tenant_id = #{tenant} and refund_id = #{refund}
            """)
    int shown(
            TenantId tenant,
            RefundId refund,
            RefundStatus status,
            String provider,
            @Nullable Instant settled,
            Instant now);

    @Select(affectData = true, value = """
            insert into purchases.dispute as d (tenant_id, purchase_id, provider_id, customer_id, status, amount_minor, currency,
                opened_at, updated_at)
            values (#{tenant}, #{purchase}, #{provider}, #{customer}, #{status}, #{minor}, #{currency}, #{now}, #{now})
            on conflict (tenant_id, purchase_id, provider_id) do update
              set status = excluded.status, amount_minor = excluded.amount_minor, currency = excluded.currency,
                  updated_at = excluded.updated_at
            where d.status <> excluded.status or d.amount_minor <> excluded.amount_minor
            returning true
            """)
    Optional<Boolean> dispute(
            TenantId tenant,
            PurchaseId purchase,
            String provider,
            CustomerId customer,
            PurchaseDispute.Status status,
            long minor,
            String currency,
            Instant now);

    @Select("""
            select coalesce(sum(amount_minor), 0) from purchases.dispute
             where tenant_id = #{tenant} and purchase_id = #{purchase} and status in ('OPEN', 'LOST')
            """)
    long disputed(TenantId tenant, PurchaseId purchase);

    @Select("""
            select d.purchase_id, d.provider_id, d.customer_id, p.number, d.status, d.amount_minor, d.currency, d.opened_at,
                   d.updated_at
              from purchases.dispute d
              join purchases.purchase p on p.tenant_id = #{tenant} and p.purchase_id = d.purchase_id
             where d.tenant_id = #{tenant}
               and (#{purchase}::uuid is null or d.purchase_id = #{purchase}::uuid)
               and (#{status}::text is null or d.status = #{status}::text)
               and (#{beforeTime}::timestamptz is null
                 or (d.opened_at, d.purchase_id, d.provider_id)
                  < (#{beforeTime}::timestamptz, #{beforePurchase}::uuid, #{beforeId}::text))
             order by d.opened_at desc, d.purchase_id desc, d.provider_id desc
             limit #{limit}
            """)
    List<DisputeRow> disputes(
            TenantId tenant,
            @Nullable PurchaseId purchase,
            PurchaseDispute.@Nullable Status status,
            @Nullable Instant beforeTime,
            @Nullable PurchaseId beforePurchase,
            @Nullable String beforeId,
            int limit);
}

package org.bursar.purchases.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.FactKind;
import org.jspecify.annotations.Nullable;

/** Statements over purchases, what happened to them, and the calls that are made for them. */
public interface PurchaseMapper {
    String PURCHASE = """
            select purchase_id, number, customer_id, package_id, title, price_minor, price_currency, credits, gateway_id, manual,
                   mode, state, credited, credit_step, received_minor, refunded_minor, ref_kind, ref_id,
                   next_step::text as next_step, alert, dirty, looks, next_look_at, ticket, applied_ticket, decided_by,
                   decided_by_name, decided_at, evidence, reason, approved_at, expires_at, created_at, updated_at, version
              from purchases.purchase
             where tenant_id = #{tenant}
            """;

    /** The next number of the tenant; its row stays locked until the commit, so that no number is lost or given twice. */
    @Select(affectData = true, value = """
            insert into purchases.counter as c (tenant_id, last_number) values (#{tenant}, #{first})
            on conflict (tenant_id) do update set last_number = c.last_number + 1
            returning last_number
            """)
    long nextNumber(TenantId tenant, long first);

    @Insert("""
            insert into purchases.purchase (tenant_id, purchase_id, number, customer_id, package_id, title, price_minor,
                price_currency, price_digits, credits, gateway_id, manual, mode, state, credited, credit_step, refunded_minor,
                dirty, looks, next_look_at, ticket, applied_ticket, created_by, created_at, updated_at, version)
            values (#{tenant}, #{p.purchaseId}, #{p.number}, #{p.customerId}, #{p.packageId}, #{p.title}, #{p.priceMinor},
                #{p.priceCurrency}, #{digits}, #{p.credits}, #{p.gatewayId}, #{p.manual}, #{p.mode}, #{p.state}, 0, 0, 0,
                true, 0, #{p.nextLookAt}, 0, 0, #{by}, #{p.createdAt}, #{p.createdAt}, 1)
            """)
    int insert(TenantId tenant, @Param("p") NewPurchaseRow purchase, int digits, String by);

    @Select(PURCHASE + " and purchase_id = #{id}")
    Optional<PurchaseRow> find(TenantId tenant, PurchaseId id);

    @Select(PURCHASE + " and purchase_id = #{id} for update")
    Optional<PurchaseRow> lock(TenantId tenant, PurchaseId id);

    @Select(PURCHASE + """
               and number < #{before} and (#{gateway}::text is null or gateway_id = #{gateway}::text)
             order by number desc
             limit #{limit}
            """)
    List<PurchaseRow> ofTenant(TenantId tenant, @Nullable String gateway, long before, int limit);

    @Select(PURCHASE + """
               and state = #{state} and number < #{before} and (#{gateway}::text is null or gateway_id = #{gateway}::text)
             order by number desc
             limit #{limit}
            """)
    List<PurchaseRow> inState(TenantId tenant, PurchaseState state, @Nullable String gateway, long before, int limit);

    @Select(PURCHASE + """
               and customer_id = #{customer} and number < #{before}
               and (#{state}::text is null or state = #{state}::text)
               and (#{gateway}::text is null or gateway_id = #{gateway}::text)
             order by number desc
             limit #{limit}
            """)
    List<PurchaseRow> ofCustomer(
            TenantId tenant,
            CustomerId customer,
            @Nullable PurchaseState state,
            @Nullable String gateway,
            long before,
            int limit);

    @Select("""
            select state, count(*) as purchases from purchases.purchase
             where tenant_id = #{tenant} and (#{customer}::uuid is null or customer_id = #{customer}::uuid)
             group by state
            """)
    List<StateCount> counts(TenantId tenant, @Nullable CustomerId customer);

    @Select("""
            select customer_id, count(*) as purchases from purchases.purchase
             where tenant_id = #{tenant} and customer_id = any (#{customers}) and approved_at is not null
             group by customer_id
            """)
    List<CustomerCount> approvedOf(TenantId tenant, UUID[] customers);

    /** Stores what follows from the facts. */
    @Update("""
            update purchases.purchase
               set state = #{state}, credited = #{credited}, credit_step = #{step}, received_minor = #{received},
                   refunded_minor = #{refunded}, alert = #{alert}, dirty = #{dirty}, approved_at = #{approvedAt},
                   applied_ticket = #{ticket}, updated_at = #{now}, version = version + 1
             where tenant_id = #{tenant} and purchase_id = #{id}
            """)
    int settle(
            TenantId tenant,
            PurchaseId id,
            PurchaseState state,
            BigDecimal credited,
            int step,
            @Nullable Long received,
            long refunded,
            @Nullable String alert,
            boolean dirty,
            @Nullable Instant approvedAt,
            long ticket,
            Instant now);

    @Update("""
            update purchases.purchase
               set ref_kind = #{kind}, ref_id = #{ref}, next_step = #{next}::jsonb, expires_at = #{expiresAt},
                   next_look_at = #{lookAt}, looks = 0, updated_at = #{now}, version = version + 1
             where tenant_id = #{tenant} and purchase_id = #{id}
            """)
    int started(
            TenantId tenant,
            PurchaseId id,
            String kind,
            String ref,
            @Nullable String next,
            @Nullable Instant expiresAt,
            Instant lookAt,
            Instant now);

    @Update("""
            update purchases.purchase
               set decided_by = #{by}, decided_by_name = #{name}, decided_at = #{now},
                   evidence = coalesce(#{evidence}, evidence), reason = #{reason}
             where tenant_id = #{tenant} and purchase_id = #{id}
            """)
    int decided(
            TenantId tenant,
            PurchaseId id,
            String by,
            String name,
            @Nullable String evidence,
            @Nullable String reason,
            Instant now);

    /** A look is announced before it is made: what happens if it dies is that the next one comes later. */
    @Update("""
            update purchases.purchase set looks = looks + 1, ticket = ticket + 1, next_look_at = #{lookAt}
             where tenant_id = #{tenant} and purchase_id = #{id}
            """)
    int takeTicket(TenantId tenant, PurchaseId id, Instant lookAt);

    @Update("""
            update purchases.purchase
               set dirty = true, next_look_at = #{lookAt}, alert = #{alert},
                   version = version + case when alert is distinct from #{alert} then 1 else 0 end
             where tenant_id = #{tenant} and purchase_id = #{id}
            """)
    int lookAgain(TenantId tenant, PurchaseId id, Instant lookAt, @Nullable String alert);

    @Update("""
            update purchases.purchase
               set alert = #{alert}, version = version + case when alert is distinct from #{alert} then 1 else 0 end
             where tenant_id = #{tenant} and purchase_id = #{id}
            """)
    int alert(TenantId tenant, PurchaseId id, String alert);

    @Select("""
            select purchase_id from purchases.purchase
             where tenant_id = #{tenant} and dirty and next_look_at <= #{now}
             order by next_look_at
             limit #{limit}
            """)
    List<PurchaseId> due(TenantId tenant, Instant now, int limit);

    @Select("""
            select purchase_id from purchases.purchase
             where tenant_id = #{tenant} and state = 'AWAITING_PAYMENT' and manual and expires_at <= #{now}
             order by expires_at
             limit #{limit}
            """)
    List<PurchaseId> expired(TenantId tenant, Instant now, int limit);

    @Insert("""
            insert into purchases.purchase_fact (tenant_id, purchase_id, fact_id, customer_id, kind, money_minor, money_currency,
                note, actor_kind, actor_id, actor_name, recorded_at)
            values (#{tenant}, #{id}, #{fact}, #{customer}, #{kind}, #{minor}, #{currency},
                #{note}, #{actor.kind}, #{actor.id}, #{actor.name}, #{now})
            """)
    int insertFact(
            TenantId tenant,
            PurchaseId id,
            UUID fact,
            CustomerId customer,
            FactKind kind,
            @Nullable Long minor,
            @Nullable String currency,
            @Nullable String note,
            Actor actor,
            Instant now);

    @Select("""
            select kind, note, actor_name, recorded_at from purchases.purchase_fact
             where tenant_id = #{tenant} and purchase_id = #{id}
             order by recorded_at, fact_id
            """)
    List<FactRow> facts(TenantId tenant, PurchaseId id);

    @Insert("""
            insert into purchases.gateway_intent (tenant_id, intent_key, purchase_id, customer_id, operation, request, status,
                attempts, created_at, updated_at)
            values (#{tenant}, #{key}, #{id}, #{customer}, 'CHECKOUT', #{request}::jsonb, 'PLANNED', 0, #{now}, #{now})
            """)
    int plan(TenantId tenant, String key, PurchaseId id, CustomerId customer, String request, Instant now);

    /**
     * Takes a call that is not done, unless somebody makes it right now. A lease that is still there is of an attempt that
     * never told its outcome, so that is unknown.
     */
    @Select(affectData = true, value = """
            update purchases.gateway_intent
               set lease_until = #{until}, attempts = attempts + 1, updated_at = #{now},
                   status = case when lease_until is null then status else 'UNKNOWN' end
             where tenant_id = #{tenant} and purchase_id = #{id} and operation = 'CHECKOUT'
               and status in ('PLANNED', 'UNKNOWN') and (lease_until is null or lease_until <= #{now})
            returning intent_key, request::text as request, attempts, created_at
            """)
    Optional<IntentRow> take(TenantId tenant, PurchaseId id, Instant now, Instant until);

    /** Stores what became of a call; a call that is done stays so, and what was unknown once is never again as if not made. */
    @Update("""
            update purchases.gateway_intent
               set status = case when status = 'UNKNOWN' and #{status} = 'PLANNED' then status else #{status} end,
                   detail = #{detail}, lease_until = null, updated_at = #{now}
             where tenant_id = #{tenant} and intent_key = #{key} and status in ('PLANNED', 'UNKNOWN')
            """)
    int conclude(TenantId tenant, String key, String status, @Nullable String detail, Instant now);

    /** Whether an attempt of a call may have done something that nobody knows of. */
    @Select("""
            select exists (
              select 1 from purchases.gateway_intent
               where tenant_id = #{tenant} and intent_key = #{key} and status = 'UNKNOWN')
            """)
    boolean unknown(TenantId tenant, String key);

    @Update("""
            update purchases.gateway_intent set request = request - 'payerEmail', updated_at = #{now}
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int erasePayer(TenantId tenant, CustomerId customer, Instant now);
}

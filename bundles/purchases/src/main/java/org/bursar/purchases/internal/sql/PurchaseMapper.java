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
import org.bursar.kernel.Money;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.PurchaseState;
import org.bursar.purchases.internal.FactKind;
import org.jspecify.annotations.Nullable;

/** Statements over purchases, what happened to them, and the calls that are made for them. */
public interface PurchaseMapper {
    String COLUMNS = """
                   purchase_id, number, customer_id, package_id, plan_sale, title, price_minor, price_currency, credits, gateway_id, manual,
                   mode, state, credited, credit_step, received_minor, refunded_minor, ref_kind, ref_id,
                   next_step::text as next_step, alert, dirty, looks, next_look_at, ticket, applied_ticket, decided_by,
                   decided_by_name, decided_at, evidence, reason, approved_at, expires_at, created_by, created_at,
                   updated_at, version
            """;

    String PURCHASE = "select " + COLUMNS + """
              from purchases.purchase
             where tenant_id = #{tenant}
            """;

    /** Which of them, and the page of them that begins behind a place in the list. */
    String PLACED = """
            <if test="state != null">and state = #{state}</if>
            <if test="gateway != null">and gateway_id = #{gateway}</if>
            <if test="price != null">and price_currency = #{price.currency} and price_minor = #{price.minor}</if>
            <if test="from != null">and created_at &gt;= #{from}</if>
               and (created_at, number) &lt; (#{placed}, #{before})
             order by created_at desc, number desc
             limit #{limit}
            """;

    /**
     * Stores a purchase under the next number of the tenant. The counter's row stays locked until the commit, so that no number is
     * lost or given twice: whoever buys from the same tenant waits for it.
     */
    @Select(affectData = true, value = """
            with counted as (
              insert into purchases.counter as c (tenant_id, last_number) values (#{tenant}, #{first})
              on conflict (tenant_id) do update set last_number = c.last_number + 1
              returning last_number)
            insert into purchases.purchase (tenant_id, purchase_id, number, customer_id, package_id, plan_sale, title, price_minor,
                price_currency, price_digits, credits, gateway_id, manual, mode, state, credited, credit_step, refunded_minor,
                dirty, looks, next_look_at, ticket, applied_ticket, created_by, created_at, updated_at, version)
            select #{tenant}::uuid, #{p.purchaseId}::uuid, counted.last_number, #{p.customerId}::uuid, #{p.packageId}::uuid,
                #{p.planSale}::uuid, #{p.title}, #{p.priceMinor}::bigint, #{p.priceCurrency}, #{digits}::integer,
                #{p.credits}::numeric, #{p.gatewayId}, #{p.manual}::boolean, #{p.mode}, #{p.state}, 0, 0, 0,
                true, 0, #{p.nextLookAt}::timestamptz, 0, 0, #{by}, #{p.createdAt}::timestamptz, #{p.createdAt}::timestamptz, 1
              from counted
            returning
            """ + COLUMNS)
    PurchaseRow insert(TenantId tenant, @Param("p") NewPurchaseRow purchase, int digits, String by, long first);

    @Select(PURCHASE + " and purchase_id = #{id}")
    Optional<PurchaseRow> find(TenantId tenant, PurchaseId id);

    /** The purchase that a provider's payment pays for. */
    @Select(PURCHASE + " and gateway_id = #{gateway} and ref_kind = #{kind} and ref_id = #{ref}")
    Optional<PurchaseRow> paidBy(TenantId tenant, String gateway, String kind, String ref);

    @Select(PURCHASE + " and purchase_id = #{id} for update")
    Optional<PurchaseRow> lock(TenantId tenant, PurchaseId id);

    /** One page of the tenant's, each filter by an index of its own. */
    @Select("<script>" + PURCHASE + PLACED + "</script>")
    List<PurchaseRow> ofTenant(
            TenantId tenant,
            @Nullable PurchaseState state,
            @Nullable String gateway,
            @Nullable Money price,
            @Nullable Instant from,
            Instant placed,
            long before,
            int limit);

    @Select("<script>" + PURCHASE + " and customer_id = #{customer} " + PLACED + "</script>")
    List<PurchaseRow> ofCustomer(
            TenantId tenant,
            CustomerId customer,
            @Nullable PurchaseState state,
            @Nullable String gateway,
            @Nullable Money price,
            @Nullable Instant from,
            Instant placed,
            long before,
            int limit);

    /** One page of what customers bought, and of what has a number or a reference: of each customer no more than a page is read. */
    @Select("<script>" + PURCHASE + """
               and number in (
                 select theirs.number from unnest(#{customers}) as one(id)
                  cross join lateral (
                    select number from purchases.purchase where tenant_id = #{tenant} and customer_id = one.id
            """ + PLACED + """
                  ) as theirs
                 union all
                 select number from purchases.purchase where tenant_id = #{tenant} and number = #{number}
                 union all
                 select number from purchases.purchase where tenant_id = #{tenant} and ref_id = #{reference})
               <if test="customer != null">and customer_id = #{customer}</if>
            """ + PLACED + "</script>")
    List<PurchaseRow> search(
            TenantId tenant,
            UUID[] customers,
            long number,
            String reference,
            @Nullable CustomerId customer,
            @Nullable PurchaseState state,
            @Nullable String gateway,
            @Nullable Money price,
            @Nullable Instant from,
            Instant placed,
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
            values (#{tenant}, #{key}, #{id}, #{customer}, #{operation}, #{request}::jsonb, 'PLANNED', 0, #{now}, #{now})
            """)
    int plan(
            TenantId tenant,
            String key,
            PurchaseId id,
            CustomerId customer,
            String operation,
            String request,
            Instant now);

    /**
     * Takes the call that starts a purchase's payment, when it is not done, unless somebody makes it right now. A lease that is
     * still there is of an attempt that never told its outcome, so that is unknown.
     */
    @Select(affectData = true, value = """
            update purchases.gateway_intent
               set lease_until = #{until}, attempts = attempts + 1, updated_at = #{now},
                   status = case when lease_until is null then status else 'UNKNOWN' end
             where tenant_id = #{tenant} and purchase_id = #{id} and operation in ('CHECKOUT', 'CHARGE')
               and status in ('PLANNED', 'UNKNOWN') and (lease_until is null or lease_until <= #{now})
            returning intent_key, operation, request::text as request, attempts, created_at
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

    /** The same for a call that may be planned already. */
    @Insert("""
            insert into purchases.gateway_intent (tenant_id, intent_key, purchase_id, customer_id, operation, request, status,
                attempts, created_at, updated_at)
            values (#{tenant}, #{key}, #{id}, #{customer}, #{operation}, #{request}::jsonb, 'PLANNED', 0, #{now}, #{now})
            on conflict (tenant_id, intent_key) do nothing
            """)
    int planOnce(
            TenantId tenant,
            String key,
            PurchaseId id,
            CustomerId customer,
            String operation,
            String request,
            Instant now);

    /** Whether a call is to be made, or made again. */
    @Select("""
            select exists (
              select 1 from purchases.gateway_intent
               where tenant_id = #{tenant} and intent_key = #{key} and status in ('PLANNED', 'UNKNOWN'))
            """)
    boolean planned(TenantId tenant, String key);

    /** The key of the call that starts a purchase's payment. */
    @Select("""
            select intent_key from purchases.gateway_intent
             where tenant_id = #{tenant} and purchase_id = #{id} and operation in ('CHECKOUT', 'CHARGE')
            """)
    String startKey(TenantId tenant, PurchaseId id);

    /** Whether the call that starts a purchase's payment is not under way, and was not made since then. */
    @Select("""
            select not exists (
              select 1 from purchases.gateway_intent
               where tenant_id = #{tenant} and purchase_id = #{purchase} and operation in ('CHECKOUT', 'CHARGE')
                 and (lease_until > #{since} or attempts > 0 and updated_at > #{since}))
            """)
    boolean quiet(TenantId tenant, PurchaseId purchase, Instant since);

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

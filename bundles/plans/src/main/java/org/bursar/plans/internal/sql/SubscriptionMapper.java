package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.SubscriptionId;
import org.bursar.kernel.TenantId;
import org.bursar.plans.BillingCycle;
import org.jspecify.annotations.Nullable;

/** Subscriptions and the terms that they had. */
public interface SubscriptionMapper {
    /** What every select of a {@link SubscriptionRow} begins with. */
    String ROW = """
            select s.customer_id, s.subscription_id, s.plan_id, s.number, s.status, s.anchor, s.stub_from, s.cycle, s.zone, s.paid_until,
                   s.paid_price, s.overdue_at, s.minimum_due, s.locked_at, s.locked_by, s.lock_reason, s.pending_plan_id, s.pending_number,
                   n.key as pending_plan_key, s.cancel_at_end, s.started_at, s.cancelled_at, s.sale_id, s.sale_failing, s.version,
                   p.key as plan_key, p.name as plan_name, v.price_amount, v.price_currency, v.user_limit, v.concurrency_limit,
                   v.request_limit, v.grace_days, v.allowance
              from plans.subscription s
              join plans.plan p on p.tenant_id = s.tenant_id and p.plan_id = s.plan_id
              join plans.plan_version v on v.tenant_id = s.tenant_id and v.plan_id = s.plan_id and v.number = s.number
              left join plans.plan n on n.tenant_id = s.tenant_id and n.plan_id = s.pending_plan_id
            """;

    @Select(ROW + " where s.tenant_id = #{tenant} and s.customer_id = #{customer}")
    Optional<SubscriptionRow> find(TenantId tenant, CustomerId customer);

    @Select(ROW + " where s.tenant_id = #{tenant} and s.customer_id = any (#{customers})")
    List<SubscriptionRow> findAll(TenantId tenant, UUID[] customers);

    /** Customers whose subscriptions are in each state but active, of each at most so many: each condition is that of an index. */
    @Select("""
            (select 'TRIALING' as state, customer_id
               from plans.subscription
              where tenant_id = #{tenant} and status = 'TRIALING' and locked_at is null
              order by customer_id
              limit #{most})
            union all
            (select 'PAST_DUE', customer_id
               from plans.subscription
              where tenant_id = #{tenant} and status = 'PAST_DUE' and locked_at is null and overdue_at is null
              order by customer_id
              limit #{most})
            union all
            (select 'CANCELLED', customer_id
               from plans.subscription
              where tenant_id = #{tenant} and status = 'CANCELLED'
              order by customer_id
              limit #{most})
            union all
            (select 'LOCKED', customer_id
               from plans.subscription
              where tenant_id = #{tenant} and status <> 'CANCELLED' and (locked_at is not null or overdue_at is not null)
              order by customer_id
              limit #{most})
            """)
    List<StateRow> restricted(TenantId tenant, int most);

    /** Customers whose subscriptions are active, at most so many, among the first so many of all. */
    @Select("""
            select 'ACTIVE' as state, s.customer_id
              from (select customer_id, status, locked_at
                      from plans.subscription
                     where tenant_id = #{tenant}
                     order by customer_id
                     limit #{looked}) s
             where s.status = 'ACTIVE' and s.locked_at is null
             limit #{most}
            """)
    List<StateRow> active(TenantId tenant, int looked, int most);

    /** Locks the row first, so that the joined select after it sees what another transaction has just written. */
    @Select("""
            select version
              from plans.subscription
             where tenant_id = #{tenant} and customer_id = #{customer}
               for update
            """)
    Optional<Long> lock(TenantId tenant, CustomerId customer);

    /** Locks the row if it is due and nobody else is renewing it. */
    @Select("""
            select version
              from plans.subscription
             where tenant_id = #{tenant} and customer_id = #{customer} and paid_until <= #{now} and status <> 'CANCELLED'
               for update skip locked
            """)
    Optional<Long> lockDue(TenantId tenant, CustomerId customer, Instant now);

    @Select(ROW + """
             where s.tenant_id = #{tenant} and s.paid_until <= #{now} and s.status <> 'CANCELLED'
               and (#{after}::uuid is null or s.customer_id > #{after}::uuid)
             order by s.customer_id
             limit #{limit}
            """)
    List<SubscriptionRow> due(TenantId tenant, Instant now, @Nullable UUID after, int limit);

    /** Answers 0 when the customer has one already. */
    @Insert("""
            insert into plans.subscription
              (tenant_id, customer_id, subscription_id, plan_id, number, status, anchor, stub_from, cycle, zone, paid_until,
               cancel_at_end, started_at, sale_failing, version)
            values (#{tenant}, #{customer}, #{subscription}, #{plan}, #{number}, #{status}, #{anchor}, #{stubFrom}, #{cycle},
              #{zone}, #{paidUntil}, false, #{now}, false, 1)
            on conflict (tenant_id, customer_id) do nothing
            """)
    int insert(
            TenantId tenant,
            CustomerId customer,
            SubscriptionId subscription,
            PlanId plan,
            int number,
            String status,
            Instant anchor,
            @Nullable Instant stubFrom,
            BillingCycle cycle,
            String zone,
            Instant paidUntil,
            Instant now);

    /** Those that do not end, the earliest to be paid again first, after one of them. */
    @Select(ROW + """
             where s.tenant_id = #{tenant} and s.status <> 'CANCELLED' and (s.paid_until, s.customer_id) > (#{afterTime}, #{after})
             order by s.paid_until, s.customer_id
             limit #{limit}
            """)
    List<SubscriptionRow> upcoming(TenantId tenant, Instant afterTime, UUID after, int limit);

    /** Another plan within the running cycle; the length of cycles changes in a trial alone. */
    @Update("""
            update plans.subscription
               set plan_id = #{plan}, number = #{number}, cycle = #{cycle}, paid_price = #{paidPrice}, overdue_at = null,
                   pending_plan_id = null, pending_number = null, cancel_at_end = false, version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int change(
            TenantId tenant,
            CustomerId customer,
            PlanId plan,
            int number,
            BillingCycle cycle,
            @Nullable BigDecimal paidPrice);

    /** Another plan with cycles of its own. */
    @Update("""
            update plans.subscription
               set plan_id = #{plan}, number = #{number}, status = #{status}, anchor = #{anchor},
                   stub_from = #{stubFrom}, cycle = #{cycle},
                   zone = #{zone}, paid_until = #{paidUntil}, paid_price = #{paidPrice}, overdue_at = null, pending_plan_id = null, pending_number = null,
                   cancel_at_end = false, started_at = #{startedAt}, cancelled_at = null, version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int restart(
            TenantId tenant,
            CustomerId customer,
            PlanId plan,
            int number,
            String status,
            Instant anchor,
            @Nullable Instant stubFrom,
            BillingCycle cycle,
            String zone,
            Instant paidUntil,
            @Nullable BigDecimal paidPrice,
            Instant startedAt);

    @Update("""
            update plans.subscription
               set pending_plan_id = #{plan}, pending_number = #{number}, cancel_at_end = false, version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int changeAtEnd(TenantId tenant, CustomerId customer, PlanId plan, int number);

    @Update("""
            update plans.subscription
               set cancel_at_end = true, pending_plan_id = null, pending_number = null, version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int cancelAtEnd(TenantId tenant, CustomerId customer);

    @Update("""
            update plans.subscription
               set status = 'CANCELLED', cancelled_at = #{at}, cancel_at_end = false, overdue_at = null, locked_at = null,
                   locked_by = null, lock_reason = null, pending_plan_id = null, pending_number = null, sale_id = null,
                   sale_failing = false, version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int cancel(TenantId tenant, CustomerId customer, Instant at);

    @Update("""
            update plans.subscription
               set locked_at = #{at}, locked_by = #{by}, lock_reason = #{reason}, version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int stop(TenantId tenant, CustomerId customer, Instant at, String by, String reason);

    @Update("""
            update plans.subscription
               set locked_at = null, locked_by = null, lock_reason = null, version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int letGo(TenantId tenant, CustomerId customer);

    /** From now on a provider collects the price; null: nobody does any longer. */
    @Update("""
            update plans.subscription
               set sale_id = #{sale}, sale_failing = false, version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int sold(TenantId tenant, CustomerId customer, @Nullable PurchaseId sale);

    /** Answers 0 when it was so already, or the provider collects for another sale. */
    @Update("""
            update plans.subscription
               set sale_failing = #{failing}, version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer} and sale_id = #{sale} and sale_failing <> #{failing}
            """)
    int failing(TenantId tenant, CustomerId customer, PurchaseId sale, boolean failing);

    /** What is counted beside the row has changed. */
    @Update("""
            update plans.subscription
               set version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int touch(TenantId tenant, CustomerId customer);

    @Update("""
            update plans.subscription
               set status = #{status}, paid_until = #{paidUntil}, paid_price = #{price}, overdue_at = null, version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int paid(TenantId tenant, CustomerId customer, String status, Instant paidUntil, BigDecimal price);

    @Update("""
            update plans.subscription
               set status = 'PAST_DUE', version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer} and status <> 'PAST_DUE'
            """)
    int pastDue(TenantId tenant, CustomerId customer);

    /** Not served from here on until it is paid. Answers 0 when it is not past due, or was stopped before. */
    @Update("""
            update plans.subscription
               set overdue_at = #{at}, version = version + 1
             where tenant_id = #{tenant} and customer_id = #{customer} and status = 'PAST_DUE' and overdue_at is null
            """)
    int overdue(TenantId tenant, CustomerId customer, Instant at);

    /** Two changes at the same instant leave one term, the later. */
    @Insert("""
            insert into plans.subscription_term
              (tenant_id, customer_id, starts_at, plan_id, number, anchor, stub_from, cycle, zone, minimum)
            values (#{tenant}, #{customer}, #{term.startsAt}, #{term.planId}, #{term.number}, #{term.anchor},
              #{term.stubFrom}, #{term.cycle},
              #{term.zone}, #{term.minimum})
            on conflict (tenant_id, customer_id, starts_at) do update
               set plan_id = excluded.plan_id, number = excluded.number, anchor = excluded.anchor,
                   stub_from = excluded.stub_from, cycle = excluded.cycle, zone = excluded.zone,
                   minimum = excluded.minimum
            """)
    int addTerm(TenantId tenant, CustomerId customer, TermRow term);

    /** What is decided for an instant that has passed outdoes what was decided for later ones. */
    @Delete("""
            delete from plans.subscription_term
             where tenant_id = #{tenant} and customer_id = #{customer} and starts_at >= #{from}
            """)
    int dropTerms(TenantId tenant, CustomerId customer, Instant from);

    @Select("""
            select customer_id, starts_at, plan_id, number, anchor, stub_from, cycle, zone, minimum
              from plans.subscription_term
             where tenant_id = #{tenant} and customer_id = any (#{customers})
             order by customer_id, starts_at
            """)
    List<TermRow> terms(TenantId tenant, UUID[] customers);
}

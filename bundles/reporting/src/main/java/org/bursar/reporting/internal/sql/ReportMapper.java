package org.bursar.reporting.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** Reads the views that the owners of the figures publish, and nothing else. */
public interface ReportMapper {
    @Select("""
            with used as (
              select meter_id, sum(events)::bigint as events, sum(quantity) as quantity, sum(charge) as charge, sum(cost) as cost
                from metering.usage_report_hour
               where tenant_id = #{tenant} and customer_id = #{customer} and hour >= #{from} and hour < #{to}
               group by meter_id)
            select m.key, m.name, m.unit, r.unit_price, u.events, u.quantity, u.charge, u.cost
              from used u
              join plans.meter_report m on m.tenant_id = #{tenant} and m.meter_id = u.meter_id
              left join plans.rate_report r
                on r.tenant_id = #{tenant} and r.customer_id = #{customer} and r.meter_id = u.meter_id
             order by m.key collate "C"
            """)
    List<UsageRow> usageOfCustomer(TenantId tenant, CustomerId customer, Instant from, Instant to);

    @Select("""
            with used as (
              select meter_id, sum(events)::bigint as events, sum(quantity) as quantity, sum(charge) as charge, sum(cost) as cost
                from metering.usage_report_day
               where tenant_id = #{tenant} and day >= #{from} and day < #{to}
               group by meter_id)
            select m.key, m.name, m.unit, null::numeric as unit_price, u.events, u.quantity, u.charge, u.cost
              from used u
              join plans.meter_report m on m.tenant_id = #{tenant} and m.meter_id = u.meter_id
             order by m.key collate "C"
            """)
    List<UsageRow> usageOfAll(TenantId tenant, LocalDate from, LocalDate to);

    /** @param monthly whether months are summed, and not days */
    @Select("""
            with used as (
              select case when #{monthly} then date_trunc('month', day::timestamp)::date else day end as begin, meter_id, sum(quantity) as quantity, sum(charge) as charge,
                     sum(cost) as cost
                from metering.usage_report_day
               where tenant_id = #{tenant} and day >= #{from} and day < #{to}
               group by begin, meter_id)
            select u.begin, m.key, m.name, m.unit, u.quantity, u.charge, u.cost
              from used u
              join plans.meter_report m on m.tenant_id = #{tenant} and m.meter_id = u.meter_id
             order by u.begin, m.key collate "C"
            """)
    List<SeriesRow> usageOverTime(TenantId tenant, boolean monthly, LocalDate from, LocalDate to);

    /** @param monthly whether months are summed, and not days */
    @Select("""
            with used as (
              select case when #{monthly} then date_trunc('month', day::timestamp)::date else day end as begin, meter_id, sum(quantity) as quantity, sum(charge) as charge,
                     sum(cost) as cost
                from metering.usage_report_day
               where tenant_id = #{tenant} and customer_id = #{customer} and day >= #{from} and day < #{to}
               group by begin, meter_id)
            select u.begin, m.key, m.name, m.unit, u.quantity, u.charge, u.cost
              from used u
              join plans.meter_report m on m.tenant_id = #{tenant} and m.meter_id = u.meter_id
             order by u.begin, m.key collate "C"
            """)
    List<SeriesRow> usageOfCustomerOverTime(
            TenantId tenant, CustomerId customer, boolean monthly, LocalDate from, LocalDate to);

    /** One statement, so that the sums are those of the very same moment as the lines. */
    @Select("""
            with figure as (
              select customer_id, charge as charged, cost, 0::numeric as settled_holds
                from metering.usage_report_day
               where tenant_id = #{tenant} and day >= #{firstDay} and day < #{dayAfter}
              union all
              select customer_id, 0, 0, amount
                from credits.settled_hold_view
               where tenant_id = #{tenant} and created_at >= #{from} and created_at < #{to}),
            customer as (
              select customer_id, sum(charged) as charged, sum(cost) as cost, sum(settled_holds) as settled_holds
                from figure group by customer_id),
            everyone as (
              select coalesce(sum(charged), 0) as all_charged, coalesce(sum(cost), 0) as all_cost,
                     coalesce(sum(settled_holds), 0) as all_settled_holds
                from customer)
            select line.customer_id, line.charged, line.cost, line.settled_holds,
                   everyone.all_charged, everyone.all_cost, everyone.all_settled_holds
              from everyone
              left join lateral (
                select customer_id, charged, cost, settled_holds from customer
                 where #{below}::numeric is null or (charged, customer_id) < (#{below}::numeric, #{customer}::uuid)
                 order by charged desc, customer_id desc
                 limit #{limit}) line on true
             order by line.charged desc, line.customer_id desc
            """)
    List<ProfitRow> profitability(
            TenantId tenant,
            Instant from,
            Instant to,
            LocalDate firstDay,
            LocalDate dayAfter,
            @Nullable BigDecimal below,
            @Nullable CustomerId customer,
            int limit);

    @Select("""
            select (approved_at at time zone 'UTC')::date as day, gateway_id, currency, count(*) as purchases,
                   sum(amount) as amount, sum(credits) as credits
              from purchases.report_approved
             where tenant_id = #{tenant} and approved_at >= #{from} and approved_at < #{to}
             group by day, gateway_id, currency
             order by day, gateway_id, currency
            """)
    List<RevenueRow> revenue(TenantId tenant, Instant from, Instant to);

    @Select("""
            select currency, sum(amount) as paid,
                   coalesce(sum(amount) filter (where approved_at >= #{from} and approved_at < #{to}), 0) as in_period
              from purchases.report_paid
             where tenant_id = #{tenant} and customer_id = #{customer}
             group by currency
             order by currency collate "C"
            """)
    List<PaidRow> paid(TenantId tenant, CustomerId customer, Instant from, Instant to);

    @Select("""
            select plan_key, plan_name, currency, count(*) as customers, sum(monthly) as monthly
              from plans.recurring_report
             where tenant_id = #{tenant}
             group by plan_key, plan_name, currency
             order by monthly desc, plan_key collate "C"
            """)
    List<RecurringRow> recurring(TenantId tenant);

    /** From when on a tenant's changes were kept; empty: since its first subscription. */
    @Select("""
            select min(happened_at)
              from plans.mrr_movement_report
             where tenant_id = #{tenant} and kind = 'OPENING'
            """)
    Optional<Instant> countedSince(TenantId tenant);

    /** By day; without a day what was before, which is also what was there when the count began. */
    @Select("""
            select currency,
                   case when happened_at >= #{from} and kind is distinct from 'OPENING'
                        then (happened_at at time zone 'UTC')::date end as day,
                   kind, count(*) as times, sum(amount) as amount,
                   count(*) filter (where subscriptions > 0) as started, count(*) filter (where subscriptions < 0) as ended
              from plans.mrr_movement_report
             where tenant_id = #{tenant} and happened_at < #{to}
             group by 1, 2, 3
            """)
    List<MovementRow> movements(TenantId tenant, Instant from, Instant to);

    @Select("""
            select unit, count(*) filter (where balance > 0) as above, coalesce(sum(balance) filter (where balance > 0), 0) as credit,
                   count(*) filter (where balance < 0) as below, coalesce(-sum(balance) filter (where balance < 0), 0) as owed
              from credits.wallet_view
             where tenant_id = #{tenant}
             group by unit
             order by unit collate "C"
            """)
    List<BalanceRow> balances(TenantId tenant);

    @Select("""
            select coalesce(sum(threads), 0)::bigint as threads, coalesce(sum(messages), 0)::bigint as messages,
                   count(distinct customer_id) as active_customers
              from chat_history.report_activity_day
             where tenant_id = #{tenant} and day >= #{from} and day < #{to}
               and (#{customer}::uuid is null or customer_id = #{customer}::uuid)
            """)
    EngagementRow engagement(TenantId tenant, @Nullable CustomerId customer, LocalDate from, LocalDate to);
}

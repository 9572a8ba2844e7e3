package org.bursar.plans.internal.sql;

import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;

/** What subscriptions bring each month, and how that moved. */
public interface MrrMapper {
    /**
     * Compares what a customer's subscription brings with what was written last, and writes the difference, in each currency by
     * itself. Nobody else does so meanwhile, since the subscription's row is locked or has just been written.
     *
     * @return how many rows were written; 0 when nothing has moved
     */
    @Insert("""
            with present as (
              select currency, monthly
                from plans.recurring_report
               where tenant_id = #{tenant} and customer_id = #{customer}),
            latest as (
              select distinct on (currency) currency, number, counted, monthly
                from plans.mrr_movement
               where tenant_id = #{tenant} and customer_id = #{customer}
               order by currency, number desc),
            change as (
              select currency, coalesce(l.number, 0) + 1 as number, p.monthly is not null as counts,
                     coalesce(l.counted, false) as counted, coalesce(p.monthly, 0) as brings, coalesce(l.monthly, 0) as brought
                from present p
                full join latest l using (currency))
            insert into plans.mrr_movement
              (tenant_id, customer_id, currency, number, happened_at, kind, subscriptions, amount, counted, monthly)
            select #{tenant}, #{customer}, c.currency, c.number, #{at},
                   case when c.brings = c.brought then null
                        when c.brings = 0 then 'CHURN'
                        when c.brought > 0 then case when c.brings > c.brought then 'EXPANSION' else 'CONTRACTION' end
                        when exists (select 1 from plans.mrr_movement m
                                      where m.tenant_id = #{tenant} and m.customer_id = #{customer} and m.currency = c.currency
                                        and (m.kind = 'OPENING' or m.monthly > 0)) then 'REACTIVATION'
                        else 'NEW' end,
                   c.counts::integer - c.counted::integer, c.brings - c.brought, c.counts, c.brings
              from change c
             where c.counts <> c.counted or c.brings <> c.brought
            """)
    int note(TenantId tenant, CustomerId customer, Instant at);
}

package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;

/** What was consumed in each cycle. */
public interface CounterMapper {
    /** Inserts in the order in which rows are locked, so that two batches that create the same counters cannot deadlock. */
    @Insert("""
            insert into plans.usage_cycle
              (tenant_id, customer_id, meter_id, cycle_from, cycle_to, consumed, charge, cost)
            select #{tenant}, c.customer_id, c.meter_id, c.cycle_from, c.cycle_to, 0, 0, 0
              from unnest(#{customers}, #{meters}, #{froms}, #{tos})
                   c(customer_id, meter_id, cycle_from, cycle_to)
             order by c.customer_id, c.cycle_from, c.meter_id
                on conflict (tenant_id, customer_id, cycle_from, meter_id) do nothing
            """)
    int addMissing(TenantId tenant, UUID[] customers, UUID[] meters, Instant[] froms, Instant[] tos);

    /** With each row how often all of the meters have changed since they were made. */
    @Select("""
            select u.customer_id, u.meter_id, u.cycle_from, u.consumed, u.charge, u.cost, u.repriced_plan_id,
                   u.repriced_number, u.repriced_at,
                   (select sum(m.version)
                      from plans.meter m
                     where m.tenant_id = #{tenant} and m.meter_id = any (#{distinctMeters}))::bigint as meter_versions
              from plans.usage_cycle u
              join unnest(#{customers}, #{meters}, #{froms}) c(customer_id, meter_id, cycle_from)
                on u.customer_id = c.customer_id and u.meter_id = c.meter_id and u.cycle_from = c.cycle_from
             where u.tenant_id = #{tenant}
             order by u.customer_id, u.cycle_from, u.meter_id
               for update of u
            """)
    List<LockedCounterRow> lock(
            TenantId tenant, UUID[] customers, UUID[] meters, Instant[] froms, UUID[] distinctMeters);

    @Update("""
            update plans.usage_cycle u
               set consumed = c.consumed, charge = c.charge, cost = c.cost
              from unnest(#{customers}, #{meters}, #{froms}, #{consumed}, #{charges}, #{costs})
                   c(customer_id, meter_id, cycle_from, consumed, charge, cost)
             where u.tenant_id = #{tenant} and u.customer_id = c.customer_id and u.cycle_from = c.cycle_from
               and u.meter_id = c.meter_id
            """)
    int update(
            TenantId tenant,
            UUID[] customers,
            UUID[] meters,
            Instant[] froms,
            BigDecimal[] consumed,
            BigDecimal[] charges,
            BigDecimal[] costs);

    @Select("""
            select customer_id, meter_id, cycle_from, consumed, charge, cost, repriced_plan_id, repriced_number, repriced_at
              from plans.usage_cycle
             where tenant_id = #{tenant} and customer_id = #{customer} and cycle_from = #{from}
            """)
    List<CounterRow> of(TenantId tenant, CustomerId customer, Instant from);

    @Select("""
            select customer_id, meter_id, cycle_from, consumed, charge, cost, repriced_plan_id, repriced_number, repriced_at
              from plans.usage_cycle
             where tenant_id = #{tenant} and customer_id = #{customer} and cycle_from = #{from}
             order by meter_id
               for update
            """)
    List<CounterRow> lockAll(TenantId tenant, CustomerId customer, Instant from);

    /**
     * Keeps what these counters show, for those that show anything. The rows are locked. Where time stands still, a second reset is
     * the smallest step after the first.
     */
    @Insert("""
            insert into plans.usage_reset
              (tenant_id, customer_id, meter_id, cycle_from, reset_at, consumed, charge, cost, reason, reset_by)
            select c.tenant_id, c.customer_id, c.meter_id, c.cycle_from,
                   greatest(#{now}, (select max(r.reset_at) + interval '1 microsecond'
                                       from plans.usage_reset r
                                      where r.tenant_id = c.tenant_id and r.customer_id = c.customer_id
                                        and r.cycle_from = c.cycle_from and r.meter_id = c.meter_id)),
                   -c.consumed, -c.charge, -c.cost, #{reason}, #{by}
              from plans.usage_cycle c
             where c.tenant_id = #{tenant} and c.customer_id = #{customer} and c.cycle_from = #{from}
               and c.meter_id = any (#{meters}) and (c.consumed <> 0 or c.charge <> 0 or c.cost <> 0)
            """)
    int keepReset(
            TenantId tenant, CustomerId customer, Instant from, UUID[] meters, Instant now, String reason, String by);

    @Update("""
            update plans.usage_cycle
               set consumed = 0, charge = 0, cost = 0
             where tenant_id = #{tenant} and customer_id = #{customer} and cycle_from = #{from}
               and meter_id = any (#{meters})
            """)
    int reset(TenantId tenant, CustomerId customer, Instant from, UUID[] meters);
}

package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.TenantId;

/** What repricings changed, and what there is to be repriced. */
public interface RepricingMapper {
    /**
     * What resets took off the counters of a cycle, with what it is charged by now. A repricing that came before the reset is in
     * the charge that the reset took off; only what was repriced after it is added.
     */
    @Select("""
            select r.meter_id,
                   row_number() over (partition by r.meter_id order by r.reset_at)::int as part, r.reset_at,
                   -r.consumed as quantity,
                   -r.charge + coalesce((
                     select sum(p.charge - p.charged)
                       from plans.usage_repricing p
                      where p.tenant_id = r.tenant_id and p.customer_id = r.customer_id and p.cycle_from = r.cycle_from
                        and p.meter_id = r.meter_id and p.reset_at = r.reset_at and p.part > 0), 0) as charged
              from plans.usage_reset r
             where r.tenant_id = #{tenant} and r.customer_id = #{customer} and r.cycle_from = #{from}
             order by r.meter_id, r.reset_at
            """)
    List<PartRow> resets(TenantId tenant, CustomerId customer, Instant from);

    @Update("""
            update plans.usage_cycle u
               set charge = c.charge, repriced_plan_id = #{plan}, repriced_number = #{number}, repriced_at = #{now}
              from unnest(#{meters}, #{charges}) c(meter_id, charge)
             where u.tenant_id = #{tenant} and u.customer_id = #{customer} and u.cycle_from = #{from}
               and u.meter_id = c.meter_id
            """)
    int reprice(
            TenantId tenant,
            CustomerId customer,
            Instant from,
            UUID[] meters,
            BigDecimal[] charges,
            PlanId plan,
            int number,
            Instant now);

    @Insert("""
            insert into plans.usage_repricing
              (tenant_id, customer_id, repricing_id, meter_id, part, reset_at, cycle_from, quantity, charged, charge)
            select #{tenant}, #{customer}, #{repricing}, p.meter_id, p.part, p.reset_at, #{from}, p.quantity, p.charged, p.charge
              from unnest(#{p.meters}, #{p.parts}, #{p.resets}::timestamptz[], #{p.quantities}, #{p.charged}, #{p.charges})
                   p(meter_id, part, reset_at, quantity, charged, charge)
            """)
    int keep(TenantId tenant, CustomerId customer, RepricingId repricing, Instant from, RepricedColumns p);

    @Select("""
            select p.meter_id, m.key as meter_key, p.reset_at, p.quantity, p.charged, p.charge
              from plans.usage_repricing p
              join plans.meter m on m.tenant_id = p.tenant_id and m.meter_id = p.meter_id
             where p.tenant_id = #{tenant} and p.customer_id = #{customer} and p.repricing_id = #{repricing}
             order by m.key collate "C", p.reset_at nulls last
            """)
    List<RepricedRow> changed(TenantId tenant, CustomerId customer, RepricingId repricing);
}

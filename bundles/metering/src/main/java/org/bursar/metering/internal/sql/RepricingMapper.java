package org.bursar.metering.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.RepricingId;
import org.bursar.kernel.TenantId;

/** Cycles that were repriced. */
public interface RepricingMapper {
    /** What every select of a {@link RepricingRow} begins with. */
    String ROW = """
            select repricing_id, cycle_from, cycle_to, plan_id, plan_number, difference, reason, repriced_by, created_at
              from metering.repricing
            """;

    @Insert("""
            insert into metering.repricing
              (tenant_id, customer_id, repricing_id, cycle_from, cycle_to, plan_id, plan_number, difference, reason, repriced_by,
               created_at)
            values (#{tenant}, #{customer}, #{r.repricingId}, #{r.cycleFrom}, #{r.cycleTo}, #{r.planId}, #{r.planNumber},
              #{r.difference}, #{r.reason}, #{r.repricedBy}, #{r.createdAt})
            """)
    int insert(TenantId tenant, CustomerId customer, RepricingRow r);

    @Select(ROW + " where tenant_id = #{tenant} and customer_id = #{customer} and repricing_id = #{repricing}")
    Optional<RepricingRow> find(TenantId tenant, CustomerId customer, RepricingId repricing);

    @Select(ROW + """
             where tenant_id = #{tenant} and customer_id = #{customer} and repricing_id < #{before}
             order by repricing_id desc
             limit #{limit}
            """)
    List<RepricingRow> page(TenantId tenant, CustomerId customer, UUID before, int limit);

    /** Those of a cycle since an instant, the oldest first. */
    @Select("""
            select repricing_id
              from metering.repricing
             where tenant_id = #{tenant} and customer_id = #{customer} and cycle_from = #{cycle} and created_at >= #{since}
             order by created_at, repricing_id
             limit #{limit}
            """)
    List<RepricingId> ofCycle(TenantId tenant, CustomerId customer, Instant cycle, Instant since, int limit);

    /** The hours in which something was used of these meters. */
    @Select("""
            select meter_id, hour, quantity
              from metering.usage_hour
             where tenant_id = #{tenant} and customer_id = #{customer} and hour >= #{from} and hour < #{to}
               and meter_id = any (#{meters}) and quantity > 0
             order by hour, meter_id
            """)
    List<HourRow> hours(TenantId tenant, CustomerId customer, UUID[] meters, Instant from, Instant to);
}

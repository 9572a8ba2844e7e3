package org.bursar.plans.internal.sql;

import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.TenantId;

/** Versions of plans that are one customer's own. */
public interface OwnVersionMapper {
    @Select("""
            select base_number, price, minimum, meters
              from plans.own_version
             where tenant_id = #{tenant} and customer_id = #{customer} and plan_id = #{plan} and number = #{number}
            """)
    Optional<OwnVersionRow> find(TenantId tenant, CustomerId customer, PlanId plan, int number);

    /** The next free number; the plan's row is locked. */
    @Select("""
            select coalesce(max(number), 1000000) + 1
              from plans.plan_version
             where tenant_id = #{tenant} and plan_id = #{plan} and number > 1000000
            """)
    int nextNumber(TenantId tenant, PlanId plan);

    @Insert("""
            insert into plans.own_version
              (tenant_id, customer_id, plan_id, number, base_number, price, minimum, meters)
            values (#{tenant}, #{customer}, #{plan}, #{number}, #{own.baseNumber}, #{own.price}, #{own.minimum}, #{own.meters})
            """)
    int insert(TenantId tenant, CustomerId customer, PlanId plan, int number, OwnVersionRow own);
}

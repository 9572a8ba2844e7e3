package org.bursar.plans.internal.sql;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.PlanId;
import org.bursar.kernel.TenantId;

/** Plans, their versions, rates and tiers. */
public interface PlanMapper {
    /** Answers 0 when the key is taken. */
    @Insert("""
            insert into plans.plan (tenant_id, plan_id, key, name, current_number, created_at, version)
            values (#{tenant}, #{plan.planId}, #{plan.key}, #{plan.name}, #{plan.currentNumber},
              #{plan.createdAt}, #{plan.version})
            on conflict (tenant_id, key) do nothing
            """)
    int insert(TenantId tenant, PlanRow plan);

    @Select("""
            select plan_id, key, name, current_number, created_at, version
              from plans.plan
             where tenant_id = #{tenant} and plan_id = #{plan}
            """)
    Optional<PlanRow> byId(TenantId tenant, PlanId plan);

    @Select("""
            select plan_id, key, name, current_number, created_at, version
              from plans.plan
             where tenant_id = #{tenant} and plan_id = #{plan}
               for update
            """)
    Optional<PlanRow> lock(TenantId tenant, PlanId plan);

    @Select("""
            select plan_id, key, name, current_number, created_at, version
              from plans.plan
             where tenant_id = #{tenant} and key = #{key}
            """)
    Optional<PlanRow> byKey(TenantId tenant, String key);

    @Select("""
            select plan_id, key, name, current_number, created_at, version
              from plans.plan
             where tenant_id = #{tenant} and key > #{after}
             order by key
             limit #{limit}
            """)
    List<PlanRow> page(TenantId tenant, String after, int limit);

    /** Answers 0 when it changed meanwhile. */
    @Update("""
            update plans.plan
               set name = #{name}, version = version + 1
             where tenant_id = #{tenant} and plan_id = #{plan} and version = #{version}
            """)
    int rename(TenantId tenant, PlanId plan, long version, String name);

    @Update("""
            update plans.plan
               set current_number = #{number}, version = version + 1
             where tenant_id = #{tenant} and plan_id = #{plan}
            """)
    int setCurrent(TenantId tenant, PlanId plan, int number);

    @Insert("""
            insert into plans.plan_version
              (tenant_id, plan_id, number, price_amount, price_currency, cycle, user_limit, concurrency_limit, request_limit,
               upgrade_when, downgrade_when, trial_days, grace_days, minimum, calendar, allowance, created_at)
            values (#{tenant}, #{v.planId}, #{v.number}, #{v.priceAmount}, #{v.priceCurrency}, #{v.cycle},
              #{v.userLimit}, #{v.concurrencyLimit}, #{v.requestLimit}, #{v.upgradeWhen}, #{v.downgradeWhen}, #{v.trialDays},
              #{v.graceDays}, #{v.minimum}, #{v.calendar}, #{v.allowance}, #{v.createdAt})
            """)
    int insertVersion(TenantId tenant, VersionRow v);

    @Insert("""
            insert into plans.rate
              (tenant_id, plan_id, number, meter_id, position, model, included, unit_price, package_price, package_size)
            values (#{tenant}, #{r.planId}, #{r.number}, #{r.meterId}, #{position}, #{r.model}, #{r.included},
              #{r.unitPrice}, #{r.packagePrice}, #{r.packageSize})
            """)
    int insertRate(TenantId tenant, int position, RateRow r);

    @Insert("""
            insert into plans.tier (tenant_id, plan_id, number, meter_id, position, up_to, unit_price)
            values (#{tenant}, #{t.planId}, #{t.number}, #{t.meterId}, #{position}, #{t.upTo}, #{t.unitPrice})
            """)
    int insertTier(TenantId tenant, int position, TierRow t);

    @Select("""
            select v.plan_id, v.number, v.price_amount, v.price_currency, v.cycle, v.user_limit, v.concurrency_limit,
                   v.request_limit, v.upgrade_when, v.downgrade_when, v.trial_days, v.grace_days, v.minimum,
                   v.calendar, v.allowance, v.created_at
              from unnest(#{plans}, #{numbers}) w(plan_id, number)
              join plans.plan_version v on v.plan_id = w.plan_id and v.number = w.number
             where v.tenant_id = #{tenant}
            """)
    List<VersionRow> versions(TenantId tenant, UUID[] plans, Integer[] numbers);

    @Select("""
            select number
              from plans.plan_version
             where tenant_id = #{tenant} and plan_id = #{plan} and number < #{before}
             order by number desc
             limit #{limit}
            """)
    List<Integer> numbers(TenantId tenant, PlanId plan, int before, int limit);

    @Select("""
            select r.plan_id, r.number, r.meter_id, m.key as meter_key, r.model, r.included, r.unit_price,
                   r.package_price, r.package_size
              from unnest(#{plans}, #{numbers}) w(plan_id, number)
              join plans.rate r on r.plan_id = w.plan_id and r.number = w.number
              join plans.meter m on m.tenant_id = r.tenant_id and m.meter_id = r.meter_id
             where r.tenant_id = #{tenant}
             order by r.plan_id, r.number, r.position
            """)
    List<RateRow> rates(TenantId tenant, UUID[] plans, Integer[] numbers);

    @Select("""
            select t.plan_id, t.number, t.meter_id, t.up_to, t.unit_price
              from unnest(#{plans}, #{numbers}) w(plan_id, number)
              join plans.tier t on t.plan_id = w.plan_id and t.number = w.number
             where t.tenant_id = #{tenant}
             order by t.plan_id, t.number, t.meter_id, t.position
            """)
    List<TierRow> tiers(TenantId tenant, UUID[] plans, Integer[] numbers);
}

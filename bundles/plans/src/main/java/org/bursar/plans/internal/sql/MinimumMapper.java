package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** What ended cycles were charged beside their usage. */
public interface MinimumMapper {
    /** Says that a customer's minimum is to be looked at from an instant on, where it ever had one. */
    @Update("""
            update plans.subscription s
               set minimum_due = #{at}
             where s.tenant_id = #{tenant} and s.customer_id = #{customer} and (s.minimum_due is null or s.minimum_due > #{at})
               and exists (select 1 from plans.subscription_term t
                            where t.tenant_id = #{tenant} and t.customer_id = #{customer} and t.minimum > 0)
            """)
    int look(TenantId tenant, CustomerId customer, Instant at);

    @Update("""
            update plans.subscription
               set minimum_due = #{next}
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int next(TenantId tenant, CustomerId customer, @Nullable Instant next);

    @Select("""
            select customer_id
              from plans.subscription
             where tenant_id = #{tenant} and minimum_due <= #{now} and (#{after}::uuid is null or customer_id > #{after}::uuid)
             order by customer_id
             limit #{limit}
            """)
    List<CustomerId> due(TenantId tenant, Instant now, @Nullable UUID after, int limit);

    @Select("""
            select max(cycle_to)
              from plans.cycle_minimum
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    Optional<Instant> settledUntil(TenantId tenant, CustomerId customer);

    /** Who has a minimum, the earliest to be looked at first, after one of them. */
    @Select("""
            select customer_id, minimum_due
              from plans.subscription
             where tenant_id = #{tenant} and minimum_due is not null and (minimum_due, customer_id) > (#{afterTime}, #{after})
             order by minimum_due, customer_id
             limit #{limit}
            """)
    List<MinimumDueRow> upcoming(TenantId tenant, Instant afterTime, UUID after, int limit);

    /** What a cycle's usage was charged; what was reset stays charged, by the prices that it was repriced to. */
    @Select("""
            select coalesce((select sum(u.charge) from plans.usage_cycle u
                              where u.tenant_id = #{tenant} and u.customer_id = #{customer} and u.cycle_from = #{from}), 0)
                 - coalesce((select sum(r.charge) from plans.usage_reset r
                              where r.tenant_id = #{tenant} and r.customer_id = #{customer} and r.cycle_from = #{from}), 0)
                 + coalesce((select sum(p.charge - p.charged) from plans.usage_repricing p
                              where p.tenant_id = #{tenant} and p.customer_id = #{customer} and p.cycle_from = #{from}
                                and p.part > 0), 0)
            """)
    BigDecimal charged(TenantId tenant, CustomerId customer, Instant from);

    /** Answers 0 when the cycle was settled before. */
    @Insert("""
            insert into plans.cycle_minimum
              (tenant_id, customer_id, cycle_from, cycle_to, minimum, charged, posted, postings, settled_at)
            values (#{tenant}, #{m.customerId}, #{m.cycleFrom}, #{m.cycleTo}, #{m.minimum}, #{charged}, #{m.posted},
              #{m.postings}, #{now})
            on conflict (tenant_id, customer_id, cycle_from) do nothing
            """)
    int insert(TenantId tenant, MinimumRow m, BigDecimal charged, Instant now);

    @Update("""
            update plans.cycle_minimum
               set charged = #{charged}, posted = #{m.posted}, postings = #{m.postings}, settled_at = #{now}
             where tenant_id = #{tenant} and customer_id = #{m.customerId} and cycle_from = #{m.cycleFrom}
            """)
    int update(TenantId tenant, MinimumRow m, BigDecimal charged, Instant now);

    /** Those that ended after an instant and whose usage has been charged something else since they were settled. */
    @Select("""
            select m.customer_id, m.cycle_from, m.cycle_to, m.minimum, m.posted, m.postings
              from plans.cycle_minimum m
             where m.tenant_id = #{tenant} and m.cycle_to > #{since}
               and m.charged <> coalesce((select sum(u.charge) from plans.usage_cycle u
                                           where u.tenant_id = m.tenant_id and u.customer_id = m.customer_id
                                             and u.cycle_from = m.cycle_from), 0)
                              - coalesce((select sum(r.charge) from plans.usage_reset r
                                           where r.tenant_id = m.tenant_id and r.customer_id = m.customer_id
                                             and r.cycle_from = m.cycle_from), 0)
                              + coalesce((select sum(p.charge - p.charged) from plans.usage_repricing p
                                           where p.tenant_id = m.tenant_id and p.customer_id = m.customer_id
                                             and p.cycle_from = m.cycle_from and p.part > 0), 0)
             order by m.customer_id, m.cycle_from
             limit #{limit}
            """)
    List<MinimumRow> changed(TenantId tenant, Instant since, int limit);

    @Select("""
            select customer_id, cycle_from, cycle_to, minimum, posted, postings
              from plans.cycle_minimum
             where tenant_id = #{tenant} and customer_id = #{customer} and cycle_from = #{from}
               for update
            """)
    Optional<MinimumRow> lock(TenantId tenant, CustomerId customer, Instant from);
}

package org.bursar.plans.internal.sql;

import java.time.Instant;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.bursar.plans.Limit;

/** What of limits by the minute is in use. The arithmetic is that of {@code RateBucket}, over the row as it is when it is locked. */
public interface BucketMapper {
    /** The level at an instant. */
    String LEVEL = """
            case when measured_at > #{now}::timestamptz + interval '1 minute' then 0
              else greatest(0, least(level, #{size}::bigint * 60000000) - #{size}::bigint
                * least(60000000, greatest(0, (extract(epoch from #{now}::timestamptz - measured_at) * 1000000)::bigint)))
              end
            """;

    /** Size and use of a limit in one look, without a lock: so a refusal costs no more than this. */
    @Select("""
            select v.request_limit as plan_limit,
                   (select coalesce(sum(a.quantity::bigint * t.raises_by), 0)::bigint
                      from plans.subscription_add_on a
                      join plans.add_on_version t on t.tenant_id = a.tenant_id and t.add_on_id = a.add_on_id
                           and t.number = a.number
                     where a.tenant_id = #{tenant} and a.customer_id = #{customer} and t.limit_name = #{limit}) as raised,
                   b.level, b.measured_at
              from (select 1) o
              left join plans.rate_bucket b on b.tenant_id = #{tenant} and b.customer_id = #{customer}
                   and b.limit_name = #{limit}
              left join plans.subscription s on s.tenant_id = #{tenant} and s.customer_id = #{customer}
                   and s.status <> 'CANCELLED'
              left join plans.plan_version v on v.tenant_id = s.tenant_id and v.plan_id = s.plan_id and v.number = s.number
            """)
    RateUseRow use(TenantId tenant, CustomerId customer, Limit limit);

    /** Takes the first request. Answers 0 when something was taken before. */
    @Insert("""
            insert into plans.rate_bucket (tenant_id, customer_id, limit_name, level, measured_at)
            values (#{tenant}, #{customer}, #{limit}, 60000000, #{now})
            on conflict (tenant_id, customer_id, limit_name) do nothing
            """)
    int takeFirst(TenantId tenant, CustomerId customer, Limit limit, Instant now);

    /** Takes a request where there is room for it; answers what is in use then, and nothing when there was no room. */
    @Select(value = """
                    update plans.rate_bucket
                       set level =
                    """ + LEVEL + """
                     + 60000000,
                           measured_at = case when measured_at > #{now}::timestamptz + interval '1 minute' then #{now}
                             else greatest(measured_at, #{now}) end
                     where tenant_id = #{tenant} and customer_id = #{customer} and limit_name = #{limit}
                       and
                    """ + LEVEL + """
                     + 60000000 <= #{size}::bigint * 60000000
                    returning level, measured_at
                    """, affectData = true)
    Optional<BucketRow> take(TenantId tenant, CustomerId customer, Limit limit, int size, Instant now);
}

package org.bursar.plans.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.LeaseId;
import org.bursar.kernel.TenantId;
import org.bursar.plans.Limit;

/** Leases. One counts as long as nobody has ended it and its time has not run out. */
public interface LeaseMapper {
    /** After every customer and lease: the largest UUID, which is none of ours. */
    UUID AFTER_ALL = new UUID(-1, -1);

    /** What every select of a {@link LeaseRow} begins with. */
    String ROW = """
            select lease_id, customer_id, limit_name, created_at, expires_at, ended_at, released, version
              from plans.lease
            """;

    /** Size and use of a limit in one look, without a lock: so a refusal costs no more than this. */
    @Select("""
            select case #{limit} when 'USERS' then v.user_limit when 'CONCURRENCY' then v.concurrency_limit end as plan_limit,
                   (select coalesce(sum(a.quantity::bigint * t.raises_by), 0)::bigint
                      from plans.subscription_add_on a
                      join plans.add_on_version t on t.tenant_id = a.tenant_id and t.add_on_id = a.add_on_id
                           and t.number = a.number
                     where a.tenant_id = #{tenant} and a.customer_id = #{customer} and t.limit_name = #{limit}) as raised,
                   l.open, l.first_end
              from (select count(*) as open, min(expires_at) as first_end
                      from plans.lease
                     where tenant_id = #{tenant} and customer_id = #{customer} and limit_name = #{limit}
                       and ended_at is null and expires_at > #{now}) l
              left join plans.subscription s on s.tenant_id = #{tenant} and s.customer_id = #{customer}
                   and s.status <> 'CANCELLED'
              left join plans.plan_version v on v.tenant_id = s.tenant_id and v.plan_id = s.plan_id and v.number = s.number
            """)
    RoomRow room(TenantId tenant, CustomerId customer, Limit limit, Instant now);

    /** Answers nothing where there is no such row yet. */
    @Select("""
            select limit_name
              from plans.lease_gate
             where tenant_id = #{tenant} and customer_id = #{customer} and limit_name = #{limit}
               for update
            """)
    Optional<String> lockGate(TenantId tenant, CustomerId customer, Limit limit);

    @Insert("""
            insert into plans.lease_gate (tenant_id, customer_id, limit_name)
            values (#{tenant}, #{customer}, #{limit})
            on conflict (tenant_id, customer_id, limit_name) do nothing
            """)
    int addGate(TenantId tenant, CustomerId customer, Limit limit);

    /** Where nothing limits. */
    @Insert("""
            insert into plans.lease
              (tenant_id, lease_id, customer_id, limit_name, created_at, expires_at, ended_at, released, version)
            values (#{tenant}, #{lease}, #{customer}, #{limit}, #{now}, #{expiresAt}, null, false, 1)
            """)
    int insert(TenantId tenant, LeaseId lease, CustomerId customer, Limit limit, Instant now, Instant expiresAt);

    /**
     * Takes a place if there is one. The gate is locked by the caller in a statement before this one, so that this one sees what
     * those before it took. What has run out is ended for good with it: a node whose clock is behind cannot renew it any more,
     * now that its place may be given away.
     *
     * @return 0 when there was none
     */
    @Insert("""
            with ended as (
              update plans.lease
                 set ended_at = expires_at, version = version + 1
               where tenant_id = #{tenant} and customer_id = #{customer} and limit_name = #{limit}
                 and ended_at is null and expires_at <= #{now})
            insert into plans.lease
              (tenant_id, lease_id, customer_id, limit_name, created_at, expires_at, ended_at, released, version)
            select #{tenant}, #{lease}, #{customer}, #{limit}, #{now}, #{expiresAt}, null, false, 1
             where (select count(*)
                      from plans.lease
                     where tenant_id = #{tenant} and customer_id = #{customer} and limit_name = #{limit}
                       and ended_at is null and expires_at > #{now}) < #{size}
            """)
    int insertWhereRoom(
            TenantId tenant, LeaseId lease, CustomerId customer, Limit limit, Instant now, Instant expiresAt, int size);

    @Select(ROW + " where tenant_id = #{tenant} and lease_id = #{lease}")
    Optional<LeaseRow> find(TenantId tenant, LeaseId lease);

    @Select(ROW + """
             where tenant_id = #{tenant} and customer_id = #{customer} and lease_id < #{before}
               and ended_at is null and expires_at > #{now}
             order by lease_id desc
             limit #{limit}
            """)
    List<LeaseRow> openOf(TenantId tenant, CustomerId customer, Instant now, UUID before, int limit);

    /** Customer by customer: so the index of what is open serves this one too. */
    @Select(ROW + """
             where tenant_id = #{tenant} and (customer_id, lease_id) < (#{customer}, #{before})
               and ended_at is null and expires_at > #{now}
             order by customer_id desc, lease_id desc
             limit #{limit}
            """)
    List<LeaseRow> open(TenantId tenant, Instant now, UUID customer, UUID before, int limit);

    /** Answers 0 when it has ended. */
    @Update("""
            update plans.lease
               set expires_at = greatest(expires_at, #{until}), version = version + 1
             where tenant_id = #{tenant} and lease_id = #{lease} and ended_at is null and expires_at > #{now}
            """)
    int renew(TenantId tenant, LeaseId lease, Instant until, Instant now);

    /** Answers 0 when it has ended. */
    @Update("""
            update plans.lease
               set ended_at = #{now}, released = true, version = version + 1
             where tenant_id = #{tenant} and lease_id = #{lease} and ended_at is null and expires_at > #{now}
            """)
    int release(TenantId tenant, LeaseId lease, Instant now);

    /** Ends what has run out and nobody has taken the place of. */
    @Update("""
            update plans.lease
               set ended_at = expires_at, version = version + 1
             where tenant_id = #{tenant} and ended_at is null and expires_at <= #{now}
            """)
    int endOverdue(TenantId tenant, Instant now);

    /**
     * Forgets what ended long ago. An id begins with the time of its making, so older ones are found by the primary key.
     *
     * @param made the smallest id of those that are too young
     */
    @Delete("""
            delete from plans.lease
             where tenant_id = #{tenant} and lease_id < #{made} and ended_at <= #{ended}
            """)
    int forget(TenantId tenant, UUID made, Instant ended);
}

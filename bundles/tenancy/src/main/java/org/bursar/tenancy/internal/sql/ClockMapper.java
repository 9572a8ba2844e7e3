package org.bursar.tenancy.internal.sql;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.TenantId;

/** The clocks of sandbox tenants. */
public interface ClockMapper {
    /** Whether a tenant is a sandbox; nothing when there is no such tenant. */
    @Select("select sandbox from tenancy.tenant where tenant_id = #{tenant}")
    Optional<Boolean> sandbox(TenantId tenant);

    @Insert("""
            insert into tenancy.clock (tenant_id, reads, target, followers, version)
            values (#{tenant}, #{now}, #{now}, '', 1)
            """)
    int insert(TenantId tenant, Instant now);

    /** What a clock reads. It is not moved before the transaction ends. */
    @Select("select reads from tenancy.clock where tenant_id = #{tenant} for share")
    Optional<Instant> read(TenantId tenant);

    @Select("""
            select reads, target, followers, mover, mover_until, version from tenancy.clock where tenant_id = #{tenant}
            """)
    Optional<ClockRow> find(TenantId tenant);

    /** Waits for every transaction that has read the clock. */
    @Select("""
            select reads, target, followers, mover, mover_until, version from tenancy.clock
            where tenant_id = #{tenant} for update
            """)
    Optional<ClockRow> lock(TenantId tenant);

    @Update("""
            update tenancy.clock set target = #{target}, followers = #{followers}, version = version + 1
            where tenant_id = #{tenant}
            """)
    int aim(TenantId tenant, Instant target, String followers);

    @Update("""
            update tenancy.clock
            set reads = #{reads}, mover = #{mover}, mover_until = #{until}, version = version + 1
            where tenant_id = #{tenant}
            """)
    int move(TenantId tenant, Instant reads, UUID mover, Instant until);

    /** It has come to its target, and nothing is left to do there. */
    @Update("""
            update tenancy.clock set reads = target, mover = null, mover_until = null, version = version + 1
            where tenant_id = #{tenant} and (reads <> target or mover is not null)
            """)
    int rest(TenantId tenant);

    /** Leaves the rest to whoever comes next. */
    @Update("""
            update tenancy.clock set mover_until = #{now} where tenant_id = #{tenant} and mover = #{mover}
            """)
    int letGo(TenantId tenant, UUID mover, Instant now);
}

package org.bursar.identity.internal.sql;

import java.time.Instant;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;

/** The second step of signing in. */
public interface FactorMapper {
    /** A second step. */
    record FactorRow(byte[] sealed, @Nullable Instant confirmedAt, long lastStep, int failures, Instant nextAt) {}

    @Select("""
            select sealed, confirmed_at, last_step, failures, next_at
            from identity.second_factor where tenant_id = #{tenant} and user_id = #{user}
            """)
    Optional<FactorRow> get(TenantId tenant, UserId user);

    @Select("""
            select sealed, confirmed_at, last_step, failures, next_at
            from identity.second_factor where tenant_id = #{tenant} and user_id = #{user} for update
            """)
    Optional<FactorRow> lock(TenantId tenant, UserId user);

    /** Begins anew what was never confirmed; one that was stays, and 0 is given. */
    @Insert("""
            insert into identity.second_factor as former (tenant_id, user_id, customer_id, sealed, created_at, last_step,
              failures, next_at)
            values (#{tenant}, #{user}, #{customer}, #{sealed}, #{now}, -1, 0, #{now})
            on conflict (tenant_id, user_id) do update set sealed = excluded.sealed, created_at = excluded.created_at,
              last_step = -1
            where former.confirmed_at is null
            """)
    int begin(TenantId tenant, UserId user, @Nullable CustomerId customer, byte[] sealed, Instant now);

    @Update("""
            update identity.second_factor set last_step = #{step}, failures = 0, next_at = #{now},
              confirmed_at = coalesce(confirmed_at, #{now})
            where tenant_id = #{tenant} and user_id = #{user}
            """)
    int taken(TenantId tenant, UserId user, long step, Instant now);

    @Update("""
            update identity.second_factor set failures = #{failures}, next_at = #{nextAt}
            where tenant_id = #{tenant} and user_id = #{user}
            """)
    int failed(TenantId tenant, UserId user, int failures, Instant nextAt);

    @Delete("delete from identity.second_factor where tenant_id = #{tenant} and user_id = #{user}")
    int remove(TenantId tenant, UserId user);

    @Insert("""
            insert into identity.recovery_code (tenant_id, user_id, customer_id, code_hash)
            select #{tenant}, #{user}, #{customer}, decode(h, 'hex') from unnest(#{hashes}) h
            """)
    int insertCodes(TenantId tenant, UserId user, @Nullable CustomerId customer, String[] hashes);

    /** Gives 1 to the one who comes first. */
    @Delete("""
            delete from identity.recovery_code
            where tenant_id = #{tenant} and user_id = #{user} and code_hash = #{hash}
            """)
    int useCode(TenantId tenant, UserId user, byte[] hash);

    @Select("select count(*) from identity.recovery_code where tenant_id = #{tenant} and user_id = #{user}")
    int codesLeft(TenantId tenant, UserId user);
}

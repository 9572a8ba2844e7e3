package org.bursar.tenancy.internal.sql;

import java.time.Instant;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.TenantId;

/** The clocks of sandbox tenants. */
public interface ClockMapper {
    /** Whether a tenant is a sandbox; nothing when there is no such tenant. */
    @Select("select sandbox from tenancy.tenant where tenant_id = #{tenant}")
    Optional<Boolean> sandbox(TenantId tenant);

    @Insert("""
            insert into tenancy.clock (tenant_id, reads, target, version) values (#{tenant}, #{now}, #{now}, 1)
            """)
    int insert(TenantId tenant, Instant now);

    /** What a clock reads. It is not moved before the transaction ends. */
    @Select("select reads from tenancy.clock where tenant_id = #{tenant} for share")
    Optional<Instant> read(TenantId tenant);
}

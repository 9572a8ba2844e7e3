package org.bursar.database.internal.sql;

import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.TenantId;

/** Statements over {@code database.key_check}. */
public interface KeyMapper {
    /** Remembers the key of the first start; later ones change nothing. */
    @Insert("""
            insert into database.key_check (tenant_id, fingerprint, created_at)
            values (#{platform}, #{fingerprint}, #{now})
            on conflict (tenant_id) do nothing
            """)
    int remember(TenantId platform, byte[] fingerprint, Instant now);

    /** The key of the first start. */
    @Select("select fingerprint from database.key_check where tenant_id = #{platform}")
    Fingerprint fingerprint(TenantId platform);

    /** A keyed hash. */
    record Fingerprint(byte[] fingerprint) {}
}

package org.bursar.tenancy.internal.sql;

import java.time.Instant;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.TenantId;

/** Statements over the pictures of tenants. */
public interface LogoMapper {
    @Select("select media_type, content, digest, version from tenancy.logo where tenant_id = #{tenant}")
    Optional<LogoRow> get(TenantId tenant);

    @Select("select version from tenancy.logo where tenant_id = #{tenant} for update")
    Optional<Long> lock(TenantId tenant);

    @Insert("""
            insert into tenancy.logo (tenant_id, media_type, content, digest, version, updated_at)
            values (#{tenant}, #{mediaType}, #{content}, #{digest}, 1, #{now})
            on conflict (tenant_id) do update
            set media_type = excluded.media_type, content = excluded.content, digest = excluded.digest,
              version = logo.version + 1, updated_at = excluded.updated_at
            """)
    int set(TenantId tenant, String mediaType, byte[] content, String digest, Instant now);

    @Delete("delete from tenancy.logo where tenant_id = #{tenant}")
    int remove(TenantId tenant);

    /** A picture as it is stored. */
    record LogoRow(String mediaType, byte[] content, String digest, long version) {}
}

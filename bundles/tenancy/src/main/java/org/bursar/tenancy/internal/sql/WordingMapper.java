package org.bursar.tenancy.internal.sql;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.TenantId;

/** Tenants' own words. */
public interface WordingMapper {
    /** A text of a tenant's. */
    record TextRow(String key, String text) {}

    /** So many at most are ever stored. */
    @Select(
            "select text_key as key, text from tenancy.wording_text where tenant_id = #{tenant} order by text_key limit #{limit}")
    List<TextRow> texts(TenantId tenant, int limit);

    @Select("select coalesce((select version from tenancy.wording where tenant_id = #{tenant}), 0)")
    long version(TenantId tenant);

    @Insert("""
            insert into tenancy.wording (tenant_id, version, updated_at) values (#{tenant}, 0, #{now})
            on conflict (tenant_id) do nothing
            """)
    int begin(TenantId tenant, Instant now);

    @Update("""
            update tenancy.wording set version = version + 1, updated_at = #{now}
            where tenant_id = #{tenant} and version = #{version}
            """)
    int changed(TenantId tenant, long version, Instant now);

    @Delete("delete from tenancy.wording_text where tenant_id = #{tenant}")
    int clear(TenantId tenant);

    @Insert("""
            insert into tenancy.wording_text (tenant_id, text_key, text)
            select #{tenant}, w.key, w.text from unnest(#{keys}, #{texts}) as w (key, text)
            """)
    int insert(TenantId tenant, String[] keys, String[] texts);
}

package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** Statements over how far lists of changes were read. */
public interface FeedMapper {
    /** The gateways that the tenant has sold through: there is nothing to change at others. */
    @Select("""
            select s.gateway_id from purchases.gateway_settings s
             where s.tenant_id = #{tenant}
               and exists (select 1 from purchases.purchase p
                            where p.tenant_id = #{tenant} and p.gateway_id = s.gateway_id and p.ref_id is not null)
             order by s.gateway_id
            """)
    List<String> selling(TenantId tenant);

    @Select("""
            select cursor, revision, failures from purchases.change_feed
             where tenant_id = #{tenant} and gateway_id = #{gateway}
            """)
    Optional<FeedRow> find(TenantId tenant, String gateway);

    /** Goes on from here. */
    @Insert("""
            insert into purchases.change_feed (tenant_id, gateway_id, cursor, revision, failures, note, asked_at)
            values (#{tenant}, #{gateway}, #{cursor}, #{revision}, 0, #{note}, #{now})
            on conflict (tenant_id, gateway_id) do update
              set cursor = excluded.cursor, revision = excluded.revision, failures = 0, note = excluded.note,
                  asked_at = excluded.asked_at
            """)
    int read(TenantId tenant, String gateway, String cursor, long revision, @Nullable String note, Instant now);

    /**
     * The same page is asked for again.
     *
     * @param more 1 when the page came and could not be used, 0 when it did not come
     */
    @Insert("""
            insert into purchases.change_feed as f (tenant_id, gateway_id, cursor, revision, failures, note, asked_at)
            values (#{tenant}, #{gateway}, null, #{revision}, #{more}, #{note}, #{now})
            on conflict (tenant_id, gateway_id) do update
              set failures = f.failures + #{more}, note = excluded.note, asked_at = excluded.asked_at
            """)
    int failed(TenantId tenant, String gateway, long revision, int more, String note, Instant now);
}

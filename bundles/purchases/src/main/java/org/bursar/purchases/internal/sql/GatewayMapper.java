package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.GatewayContext.Mode;

/** Statements over a tenant's settings for gateways. */
public interface GatewayMapper {
    String SETTINGS = """
            select gateway_id, settings::text as settings, schema_version, mode, enabled, revision
              from purchases.gateway_settings
             where tenant_id = #{tenant}
            """;

    @Select(SETTINGS + " order by gateway_id")
    List<SettingsRow> all(TenantId tenant);

    @Select(SETTINGS + " and gateway_id = #{gateway}")
    Optional<SettingsRow> find(TenantId tenant, String gateway);

    @Select(SETTINGS + " and gateway_id = #{gateway} for update")
    Optional<SettingsRow> lock(TenantId tenant, String gateway);

    /** Makes the row if it is not there, so that it can be locked. */
    @Insert("""
            insert into purchases.gateway_settings (tenant_id, gateway_id, settings, schema_version, mode, enabled, revision,
                updated_by, updated_at)
            values (#{tenant}, #{gateway}, '{}'::jsonb, #{schemaVersion}, 'LIVE', true, 0, #{by}, #{now})
            on conflict (tenant_id, gateway_id) do nothing
            """)
    int ensure(TenantId tenant, String gateway, int schemaVersion, String by, Instant now);

    @Update("""
            update purchases.gateway_settings
               set settings = #{settings}::jsonb, schema_version = #{schemaVersion}, revision = revision + 1,
                   updated_by = #{by}, updated_at = #{now}
             where tenant_id = #{tenant} and gateway_id = #{gateway}
            """)
    int store(TenantId tenant, String gateway, String settings, int schemaVersion, String by, Instant now);

    @Update("""
            update purchases.gateway_settings
               set enabled = #{enabled}, mode = #{mode}, revision = revision + 1, updated_by = #{by}, updated_at = #{now}
             where tenant_id = #{tenant} and gateway_id = #{gateway}
            """)
    int change(TenantId tenant, String gateway, boolean enabled, Mode mode, String by, Instant now);

    @Select("""
            select s.name, s.sealed, s.previous, s.previous_until, k.wrapped as tenant_key
              from purchases.gateway_secret s left join purchases.tenant_key k on k.tenant_id = s.tenant_id
             where s.tenant_id = #{tenant} and s.gateway_id = #{gateway}
             order by s.name
            """)
    List<SecretRow> secrets(TenantId tenant, String gateway);

    /** Keeps a tenant's first key; another's, who was first, stays. */
    @Insert("""
            insert into purchases.tenant_key (tenant_id, wrapped, created_at)
            values (#{tenant}, #{wrapped}, #{now})
            on conflict (tenant_id) do nothing
            """)
    int keepKey(TenantId tenant, byte[] wrapped, Instant now);

    @Select("select wrapped from purchases.tenant_key where tenant_id = #{tenant}")
    Optional<KeyRow> key(TenantId tenant);

    /** A tenant's key, wrapped by the installation's. */
    record KeyRow(byte[] wrapped) {}

    /** Sets a secret; when the field rotates, the one before is good for a while. */
    @Insert("""
            insert into purchases.gateway_secret as s (tenant_id, gateway_id, name, sealed, updated_at)
            values (#{tenant}, #{gateway}, #{name}, #{sealed}, #{now})
            on conflict (tenant_id, gateway_id, name) do update
              set previous = case when #{rotates} then s.sealed end,
                  previous_until = case when #{rotates} then #{previousUntil}::timestamptz end,
                  sealed = excluded.sealed, updated_at = excluded.updated_at
            """)
    int putSecret(
            TenantId tenant,
            String gateway,
            String name,
            byte[] sealed,
            boolean rotates,
            Instant previousUntil,
            Instant now);

    @Delete("""
            delete from purchases.gateway_secret
             where tenant_id = #{tenant} and gateway_id = #{gateway} and name = #{name}
            """)
    int removeSecret(TenantId tenant, String gateway, String name);
}

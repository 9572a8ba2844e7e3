package org.bursar.identity.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.ApiKeyId;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PermissionSetId;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** API keys and permission sets. */
public interface KeyMapper {
    String KEY_COLUMNS = """
            api_key_id, hint, customer_id, name, array_to_string(permissions, ' ') as permissions, created_by,
              created_at,
            last_used_at, revoked_at, version
            """;
    String SET_COLUMNS = """
            permission_set_id, customer_id, name, array_to_string(permissions, ' ') as permissions, created_at, version
            """;

    @Insert("""
            insert into identity.api_key (tenant_id, api_key_id, token_hash, hint, customer_id, name, permissions,
              created_by,
              created_at, version)
            values (#{tenant}, #{id}, #{hash}, #{hint}, #{customer}, #{name}, #{permissions}, #{createdBy}, #{now}, 1)
            """)
    int insert(
            TenantId tenant,
            ApiKeyId id,
            byte[] hash,
            String hint,
            @Nullable CustomerId customer,
            String name,
            String[] permissions,
            String createdBy,
            Instant now);

    @Select("select " + KEY_COLUMNS + " from identity.api_key where tenant_id = #{tenant} and api_key_id = #{id}")
    Optional<KeyRow> get(TenantId tenant, ApiKeyId id);

    @Select("select " + KEY_COLUMNS
            + " from identity.api_key where tenant_id = #{tenant} and token_hash = #{hash} and revoked_at is null")
    Optional<KeyRow> byHash(TenantId tenant, byte[] hash);

    @Select("""
            <script>
            select
            """ + KEY_COLUMNS + """
            from identity.api_key
            where tenant_id = #{tenant}
            <if test="after != null">and api_key_id &lt; #{after}</if>
            order by api_key_id desc
            limit #{limit}
            </script>
            """)
    List<KeyRow> list(TenantId tenant, @Nullable UUID after, int limit);

    @Update("""
            update identity.api_key set revoked_at = #{now}, version = version + 1
            where tenant_id = #{tenant} and api_key_id = #{id} and revoked_at is null
            """)
    int revoke(TenantId tenant, ApiKeyId id, Instant now);

    @Update("""
            update identity.api_key set revoked_at = #{now}, version = version + 1
            where tenant_id = #{tenant} and customer_id = #{customer} and revoked_at is null
            """)
    int revokeOf(TenantId tenant, CustomerId customer, Instant now);

    @Update("""
            update identity.api_key set last_used_at = #{now}
            where tenant_id = #{tenant} and api_key_id = #{id} and (last_used_at is null or last_used_at < #{before})
            """)
    int used(TenantId tenant, ApiKeyId id, Instant now, Instant before);

    /** Gives 0 when the name is taken. */
    @Insert("""
            insert into identity.permission_set (tenant_id, permission_set_id, customer_id, name, permissions,
              created_at, version)
            values (#{tenant}, #{id}, #{customer}, #{name}, #{permissions}, #{now}, 1)
            on conflict on constraint permission_set_name do nothing
            """)
    int insertSet(
            TenantId tenant,
            PermissionSetId id,
            @Nullable CustomerId customer,
            String name,
            String[] permissions,
            Instant now);

    @Select("select " + SET_COLUMNS
            + " from identity.permission_set where tenant_id = #{tenant} and permission_set_id = #{id}")
    Optional<SetRow> set(TenantId tenant, PermissionSetId id);

    @Select("""
            <script>
            select
            """ + SET_COLUMNS + """
            from identity.permission_set
            where tenant_id = #{tenant}
            <if test="after != null">and permission_set_id &lt; #{after}</if>
            order by permission_set_id desc
            limit #{limit}
            </script>
            """)
    List<SetRow> sets(TenantId tenant, @Nullable UUID after, int limit);

    @Update("""
            update identity.permission_set
            set name = #{name}, permissions = #{permissions}, version = version + 1
            where tenant_id = #{tenant} and permission_set_id = #{id} and version = #{version}
            """)
    int updateSet(TenantId tenant, PermissionSetId id, String name, String[] permissions, long version);

    @Delete("delete from identity.permission_set where tenant_id = #{tenant} and permission_set_id = #{id}")
    int deleteSet(TenantId tenant, PermissionSetId id);

    @Delete("delete from identity.permission_set where tenant_id = #{tenant} and customer_id = #{customer}")
    int deleteSetsOf(TenantId tenant, CustomerId customer);

    /** An API key, without its hash. */
    record KeyRow(
            ApiKeyId apiKeyId,
            String hint,
            @Nullable CustomerId customerId,
            String name,
            String permissions,
            String createdBy,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt,
            long version) {}

    /** A permission set. */
    record SetRow(
            PermissionSetId permissionSetId,
            @Nullable CustomerId customerId,
            String name,
            String permissions,
            Instant createdAt,
            long version) {}
}

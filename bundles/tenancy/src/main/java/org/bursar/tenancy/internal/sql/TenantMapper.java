package org.bursar.tenancy.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/** Tenants, the directory, brands, domains and workspaces. */
public interface TenantMapper {
    @Insert("""
            insert into tenancy.tenant (tenant_id, slug, name, kind, unit, time_zone, created_at, version, sandbox)
            values (#{tenant.tenantId}, #{tenant.slug}, #{tenant.name}, #{tenant.kind}, #{tenant.unit},
              #{tenant.timeZone},
              #{tenant.createdAt}, #{tenant.version}, #{tenant.sandbox})
            """)
    int insert(@Param("tenant") TenantRow tenant);

    @Select("""
            select tenant_id, slug, name, kind, unit, time_zone, created_at, version, sandbox, suspended_at,
              suspended_reason
            from tenancy.tenant where tenant_id = #{tenant}
            """)
    Optional<TenantRow> get(TenantId tenant);

    /** The tenant when it is suspended. */
    @Select("select tenant_id from tenancy.tenant where tenant_id = #{tenant} and suspended_at is not null")
    Optional<TenantId> suspended(TenantId tenant);

    @Update("""
            update tenancy.tenant
            set suspended_at = #{at}, suspended_reason = #{reason}, version = version + 1
            where tenant_id = #{tenant} and version = #{version}
            """)
    int setSuspended(TenantId tenant, @Nullable Instant at, @Nullable String reason, long version);

    @Update("""
            update tenancy.tenant set name = #{name}, kind = #{kind}, time_zone = #{timeZone}, version = version + 1
            where tenant_id = #{tenant} and version = #{version}
            """)
    int update(TenantId tenant, String name, String kind, String timeZone, long version);

    /** Gives 0 when the name leads somewhere already. */
    @Insert("""
            insert into tenancy.directory (kind, name, tenant_id) values (#{kind}, #{name}, #{tenant})
            on conflict on constraint directory_pkey do nothing
            """)
    int announce(String kind, String name, TenantId tenant);

    @Delete("delete from tenancy.directory where kind = #{kind} and name = #{name} and tenant_id = #{tenant}")
    int withdraw(String kind, String name, TenantId tenant);

    @Select("select tenant_id from tenancy.directory where kind = #{kind} and name = #{name}")
    Optional<TenantId> find(String kind, String name);

    @Select("select name from tenancy.directory where tenant_id = #{tenant} and kind = #{kind} order by name limit 1")
    Optional<String> nameOf(TenantId tenant, String kind);

    @Select("select tenant_id from tenancy.directory where kind = 'SLUG' order by tenant_id")
    List<TenantId> all();

    @Select("select name from tenancy.directory where kind = 'SLUG' order by name limit 100")
    List<String> slugs();

    @Select("""
            <script>
            select tenant_id from tenancy.directory where kind = 'SLUG'
            <if test="after != null">and tenant_id &lt; #{after}</if>
            order by tenant_id desc
            limit #{limit}
            </script>
            """)
    List<TenantId> page(@Nullable UUID after, int limit);

    @Insert("""
            insert into tenancy.brand (tenant_id, name, colour, support_email, sender_address, version)
            values (#{tenant}, #{name}, null, null, null, 1)
            """)
    int insertBrand(TenantId tenant, String name);

    @Select("""
            select name, colour, support_email, sender_address, version from tenancy.brand where tenant_id = #{tenant}
            """)
    Optional<BrandRow> brand(TenantId tenant);

    @Update("""
            update tenancy.brand
            set name = #{brand.name}, colour = #{brand.colour}, support_email = #{brand.supportEmail},
              sender_address = #{brand.senderAddress}, version = version + 1
            where tenant_id = #{tenant} and version = #{brand.version}
            """)
    int updateBrand(TenantId tenant, BrandRow brand);

    /** Whether a host name is a verified domain of the tenant, or lies below one. */
    @Select("""
            select exists (select 1 from tenancy.domain
                            where tenant_id = #{tenant} and verified_at is not null
                              and (host = #{domain} or right(#{domain}, length(host) + 1) = '.' || host))
            """)
    boolean hasVerifiedDomain(TenantId tenant, String domain);

    /** Gives 0 when the tenant has it already. */
    @Insert("""
            insert into tenancy.domain (tenant_id, host, created_at, version) values (#{tenant}, #{host}, #{now}, 1)
            on conflict (tenant_id, host) do nothing
            """)
    int insertDomain(TenantId tenant, String host, Instant now);

    @Select("""
            select host, verified_at, created_at, version from tenancy.domain
            where tenant_id = #{tenant} and host = #{host} for update
            """)
    Optional<DomainRow> lockDomain(TenantId tenant, String host);

    @Select("""
            select host, verified_at, created_at, version from tenancy.domain
            where tenant_id = #{tenant} and host = #{host}
            """)
    Optional<DomainRow> domain(TenantId tenant, String host);

    @Select("""
            <script>
            select host, verified_at, created_at, version from tenancy.domain
            where tenant_id = #{tenant}
            <if test="after != null">and host &gt; #{after}</if>
            order by host
            limit #{limit}
            </script>
            """)
    List<DomainRow> domains(TenantId tenant, @Nullable String after, int limit);

    @Update("""
            update tenancy.domain set verified_at = #{at}, version = version + 1
            where tenant_id = #{tenant} and host = #{host}
            """)
    int verify(TenantId tenant, String host, @Nullable Instant at);

    @Delete("delete from tenancy.domain where tenant_id = #{tenant} and host = #{host}")
    int deleteDomain(TenantId tenant, String host);

    /** Gives 0 when the name is taken. */
    @Insert("""
            insert into tenancy.workspace (tenant_id, workspace_id, name, created_at, version)
            values (#{tenant}, #{id}, #{name}, #{now}, 1)
            on conflict on constraint workspace_name do nothing
            """)
    int insertWorkspace(TenantId tenant, WorkspaceId id, String name, Instant now);

    @Select("""
            select workspace_id, name, created_at, version from tenancy.workspace
            where tenant_id = #{tenant} and workspace_id = #{id}
            """)
    Optional<WorkspaceRow> workspace(TenantId tenant, WorkspaceId id);

    @Select("""
            select workspace_id, name, created_at, version from tenancy.workspace
            where tenant_id = #{tenant} and workspace_id = #{id} for update
            """)
    Optional<WorkspaceRow> lockWorkspace(TenantId tenant, WorkspaceId id);

    @Select("""
            <script>
            select workspace_id, name, created_at, version from tenancy.workspace
            where tenant_id = #{tenant}
            <if test="usable != null">and workspace_id = any (#{usable})</if>
            <if test="after != null">and workspace_id &lt; #{after}</if>
            order by workspace_id desc
            limit #{limit}
            </script>
            """)
    List<WorkspaceRow> workspaces(TenantId tenant, UUID @Nullable [] usable, @Nullable UUID after, int limit);

    /** Locked in one order against deletion, not against each other. */
    @Select("""
            select workspace_id from tenancy.workspace
            where tenant_id = #{tenant} and workspace_id = any (#{ids})
            order by workspace_id for key share
            """)
    List<WorkspaceId> existing(TenantId tenant, UUID[] ids);

    @Update("""
            update tenancy.workspace set name = #{name}, version = version + 1
            where tenant_id = #{tenant} and workspace_id = #{id} and version = #{version}
            """)
    int renameWorkspace(TenantId tenant, WorkspaceId id, String name, long version);

    @Delete("delete from tenancy.workspace where tenant_id = #{tenant} and workspace_id = #{id}")
    int deleteWorkspace(TenantId tenant, WorkspaceId id);

    /** A tenant as it is stored. */
    record TenantRow(
            TenantId tenantId,
            String slug,
            String name,
            String kind,
            String unit,
            String timeZone,
            Instant createdAt,
            long version,
            boolean sandbox,
            @Nullable Instant suspendedAt,
            @Nullable String suspendedReason) {}

    /** How a tenant looks. */
    record BrandRow(
            String name,
            @Nullable String colour,
            @Nullable String supportEmail,
            @Nullable String senderAddress,
            long version) {}

    /** A host that a tenant says is its own. */
    record DomainRow(String host, @Nullable Instant verifiedAt, Instant createdAt, long version) {}

    /** A business of the tenant's. */
    record WorkspaceRow(WorkspaceId workspaceId, String name, Instant createdAt, long version) {}
}

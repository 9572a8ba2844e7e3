package org.bursar.identity.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.identity.internal.UserStatus;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PermissionSetId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;

/** Users and their memberships. */
public interface UserMapper {
    String COLUMNS = """
            tenant_id, user_id, customer_id, email, pending_email, first_name, last_name, role, access,
              permission_set_id,
            status, password_hash is not null as has_password, must_change_password, last_seen_at, created_at, version
            """;

    /** Gives 0 when the e-mail address is taken. */
    @Insert("""
            insert into identity.app_user (tenant_id, user_id, customer_id, email, first_name, last_name, role, access,
              permission_set_id, status, password_hash, must_change_password, created_at, version)
            values (#{user.tenantId}, #{user.userId}, #{user.customerId}, #{user.email}, #{user.firstName},
              #{user.lastName},
              #{user.role}, #{user.access}, #{user.permissionSetId}, #{user.status}, #{passwordHash},
              #{user.mustChangePassword}, #{user.createdAt}, #{user.version})
            on conflict on constraint app_user_email do nothing
            """)
    int insert(UserRow user, @Nullable String passwordHash);

    @Select("select " + COLUMNS + " from identity.app_user where tenant_id = #{tenant} and user_id = #{user}")
    Optional<UserRow> get(TenantId tenant, UserId user);

    @Select("select " + COLUMNS
            + " from identity.app_user where tenant_id = #{tenant} and user_id = #{user} for no key update")
    Optional<UserRow> lock(TenantId tenant, UserId user);

    @Select("select " + COLUMNS + " from identity.app_user where tenant_id = #{tenant} and email_key = #{emailKey}")
    Optional<UserRow> byEmail(TenantId tenant, String emailKey);

    @Select("select password_hash from identity.app_user where tenant_id = #{tenant} and user_id = #{user}")
    @Nullable
    String passwordHash(TenantId tenant, UserId user);

    @Select("""
            <script>
            select
            """ + COLUMNS + """
            from identity.app_user
            where tenant_id = #{tenant}
            <if test="customer != null">and customer_id = #{customer}</if>
            <if test="after != null">and user_id &lt; #{after}</if>
            order by user_id desc
            limit #{limit}
            </script>
            """)
    List<UserRow> list(TenantId tenant, @Nullable CustomerId customer, @Nullable UUID after, int limit);

    /** As a tenant sees its members: by the name that it gave them, and nothing of what they are and do elsewhere. */
    String MEMBERS = """
            select u.tenant_id, u.user_id, u.customer_id, u.email, cast(null as text) as pending_email,
              m.first_name, m.last_name, 'STAFF' as role, u.access, u.permission_set_id, u.status,
              u.password_hash is not null as has_password, false as must_change_password,
              cast(null as timestamptz) as last_seen_at, m.created_at, u.version
            from identity.membership m
            join identity.app_user u on u.tenant_id = m.tenant_id and u.user_id = m.user_id
            where m.tenant_id = #{platform} and m.member_of = #{tenant}
            """;

    @Select("<script>" + MEMBERS + """
            <if test="after != null">and m.user_id &lt; #{after}</if>
            order by m.user_id desc
            limit #{limit}
            </script>
            """)
    List<UserRow> members(TenantId platform, TenantId tenant, @Nullable UUID after, int limit);

    @Select(MEMBERS + " and m.user_id = #{user}")
    Optional<UserRow> member(TenantId platform, TenantId tenant, UserId user);

    @Select("""
            select user_id as id, first_name || ' ' || last_name as name, email
            from identity.app_user where tenant_id = #{tenant} and user_id = any (#{users})
            """)
    List<NamedUser> named(TenantId tenant, UUID[] users);

    @Select("""
            select distinct on (customer_id) customer_id, user_id, first_name || ' ' || last_name as name, email
            from identity.app_user
            where tenant_id = #{tenant} and customer_id = any (#{customers}) and role = 'CUSTOMER_ADMIN'
            order by customer_id, user_id
            """)
    List<AdminRow> admins(TenantId tenant, UUID[] customers);

    @Select("""
            select user_id, customer_id, status from identity.app_user
            where tenant_id = #{tenant} and user_id = any (#{users})
            """)
    List<StateRow> states(TenantId tenant, UUID[] users);

    @Select("select count(*) from identity.app_user where tenant_id = #{tenant} and customer_id = #{customer}")
    int count(TenantId tenant, CustomerId customer);

    /** From the index of the customers' users alone. */
    @Select("""
            select count(*) from (select 1 from identity.app_user
             where tenant_id = #{tenant} and customer_id is not null limit #{most}) counted
            """)
    int countOfCustomers(TenantId tenant, int most);

    @Select("select count(*) from identity.app_user where tenant_id = #{tenant} and role = 'PLATFORM_ADMIN'")
    int platformAdmins(TenantId tenant);

    @Update("""
            update identity.app_user
            set first_name = #{user.firstName}, last_name = #{user.lastName}, email = #{user.email},
              pending_email = #{user.pendingEmail}, role = #{user.role},
              access = #{user.access}, permission_set_id = #{user.permissionSetId},
              status = #{user.status}, version = version + 1
            where tenant_id = #{user.tenantId} and user_id = #{user.userId} and version = #{user.version}
            """)
    int update(@Param("user") UserRow user);

    @Update("""
            update identity.app_user
            set password_hash = #{hash}, must_change_password = false, version = version + 1
            where tenant_id = #{tenant} and user_id = #{user}
            """)
    int setPassword(TenantId tenant, UserId user, String hash);

    /** The first proof counts. */
    @Update("""
            update identity.app_user set email_verified_at = #{now}
            where tenant_id = #{tenant} and user_id = #{user} and email_verified_at is null
            """)
    int verified(TenantId tenant, UserId user, Instant now);

    /** Takes the password of a platform user whose address nobody has proved, or replaces it; gives 0 for others. */
    @Update("""
            update identity.app_user
            set password_hash = #{hash}, must_change_password = #{mustChange}, pending_email = null,
              version = version + 1
            where tenant_id = #{tenant} and user_id = #{user} and email_verified_at is null and role = 'STAFF'
            """)
    int resetUnverified(TenantId tenant, UserId user, @Nullable String hash, boolean mustChange);

    @Update("""
            update identity.app_user set last_seen_at = #{now}
            where tenant_id = #{tenant} and user_id = #{user} and (last_seen_at is null or last_seen_at < #{before})
            """)
    int seen(TenantId tenant, UserId user, Instant now, Instant before);

    @Delete("delete from identity.app_user where tenant_id = #{tenant} and user_id = #{user}")
    int delete(TenantId tenant, UserId user);

    @Delete("delete from identity.app_user where tenant_id = #{tenant} and customer_id = #{customer}")
    int deleteOf(TenantId tenant, CustomerId customer);

    /** Who is a member already keeps the name that the tenant gave first. */
    @Insert("""
            insert into identity.membership (tenant_id, member_of, user_id, first_name, last_name, permissions,
              created_at)
            values (#{platform}, #{tenant}, #{user}, #{firstName}, #{lastName}, #{permissions}, #{now})
            on conflict (tenant_id, member_of, user_id) do update set permissions = excluded.permissions
            """)
    int join(
            TenantId platform,
            TenantId tenant,
            UserId user,
            String firstName,
            String lastName,
            String[] permissions,
            Instant now);

    @Select("""
            select array_to_string(permissions, ' ') from identity.membership
            where tenant_id = #{platform} and member_of = #{tenant} and user_id = #{user}
            """)
    Optional<String> membership(TenantId platform, TenantId tenant, UserId user);

    /** The active members who may everything, locked in the order of their ids. */
    @Select("""
            select m.user_id from identity.membership m
            where m.tenant_id = #{platform} and m.member_of = #{tenant} and '*' = any (m.permissions)
              and exists (select 1 from identity.app_user u
                where u.tenant_id = m.tenant_id and u.user_id = m.user_id and u.status = 'ACTIVE')
            order by m.user_id
            for update of m
            """)
    List<UserId> lockAdmins(TenantId platform, TenantId tenant);

    @Select("""
            select member_of, array_to_string(permissions, ' ') as permissions from identity.membership
            where tenant_id = #{platform} and user_id = #{user} order by member_of
            """)
    List<MembershipRow> memberships(TenantId platform, UserId user);

    @Delete("""
            delete from identity.membership
            where tenant_id = #{platform} and member_of = #{tenant} and user_id = #{user}
            """)
    int leave(TenantId platform, TenantId tenant, UserId user);

    @Select("""
            select exists (select 1 from identity.app_user where tenant_id = #{tenant} and permission_set_id = #{set})
            """)
    boolean anyoneHas(TenantId tenant, PermissionSetId set);

    /** A user by name. */
    record NamedUser(UserId id, String name, String email) {}

    /** A tenant that a platform user works in. */
    record MembershipRow(TenantId memberOf, String permissions) {}

    /** Whose a user is, and whether it is disabled. */
    record StateRow(UserId userId, @Nullable CustomerId customerId, UserStatus status) {}

    /** A customer's admin. */
    record AdminRow(CustomerId customerId, UserId userId, String name, String email) {}
}

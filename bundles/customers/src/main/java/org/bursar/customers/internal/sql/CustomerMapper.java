package org.bursar.customers.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.customers.internal.AccountStatus;
import org.bursar.customers.internal.CustomerDetails;
import org.bursar.customers.internal.CustomerRow;
import org.bursar.customers.internal.Registered;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.bursar.kernel.WorkspaceId;
import org.jspecify.annotations.Nullable;

/** The tables of schema {@code customers}. */
public interface CustomerMapper {
    String COLUMNS = """
            c.customer_id, c.parent_id, c.name, c.name_key, c.likeness, c.email, c.website, c.phone, c.country, c.line1,
            c.line2, c.city, c.state, c.postal_code, c.description, c.notes, c.contact_name, c.contact_phone,
            c.contact_email, c.contact_address, c.status, c.status_reason, c.suspended_by, c.erase_after, c.version,
            c.created_at, c.updated_at
            """;

    /** One status, said outright so that its own index serves however the statement is planned; none: all but the deleted. */
    String STATUS = """
            <choose>
              <when test="only == null">and c.status &lt;&gt; 'DELETED'</when>
              <when test="only.name() == 'ACTIVE'">and c.status = 'ACTIVE'</when>
              <when test="only.name() == 'INACTIVE'">and c.status = 'INACTIVE'</when>
              <when test="only.name() == 'SUSPENDED'">and c.status = 'SUSPENDED'</when>
              <otherwise>and c.status = 'DELETED'</otherwise>
            </choose>
            """;

    String COUNTRY = """
            <if test="country != null">and c.country = #{country}</if>
            """;

    /** Of a period, as a range of the primary key. */
    String PERIOD = """
            <if test="registered != null">
              and c.customer_id between #{registered.firstId} and #{registered.lastId}
              and c.created_at &gt;= #{registered.from} and c.created_at &lt; #{registered.to}
            </if>
            """;

    @Insert("""
            insert into customers.customer (tenant_id, customer_id, parent_id, name, likeness, email, website, phone,
              country, line1, line2, city, state, postal_code, description, notes, contact_name, contact_phone,
              contact_email, contact_address, status, version, created_at, updated_at)
            values (#{tenant}, #{id}, #{d.parentId}, #{d.name}, #{d.likeness}, #{email}, #{d.website}, #{d.phone},
              #{d.country}, #{d.line1}, #{d.line2}, #{d.city}, #{d.state}, #{d.postalCode}, #{d.description},
              #{d.notes}, #{d.contactName}, #{d.contactPhone}, #{d.contactEmail}, #{d.contactAddress}, 'ACTIVE', 1,
              #{now}, #{now})
            """)
    void insert(TenantId tenant, CustomerId id, CustomerDetails d, String email, Instant now);

    @Update("""
            update customers.customer
               set parent_id = #{d.parentId}, name = #{d.name}, likeness = #{d.likeness}, website = #{d.website},
                   phone = #{d.phone}, country = #{d.country}, line1 = #{d.line1}, line2 = #{d.line2},
                   city = #{d.city}, state = #{d.state}, postal_code = #{d.postalCode},
                   description = #{d.description}, notes = #{d.notes}, contact_name = #{d.contactName},
                   contact_phone = #{d.contactPhone}, contact_email = #{d.contactEmail},
                   contact_address = #{d.contactAddress}, version = version + 1, updated_at = #{now}
             where tenant_id = #{tenant} and customer_id = #{id}
            """)
    int update(TenantId tenant, CustomerId id, CustomerDetails d, Instant now);

    @Update("""
            update customers.customer
               set status = #{status}, status_reason = #{reason}, suspended_by = #{suspendedBy},
                   deleted_at = #{deletedAt}, erase_after = #{eraseAfter}, version = version + 1, updated_at = #{now}
             where tenant_id = #{tenant} and customer_id = #{id}
            """)
    int changeStatus(
            TenantId tenant,
            CustomerId id,
            AccountStatus status,
            @Nullable String reason,
            @Nullable String suspendedBy,
            @Nullable Instant deletedAt,
            @Nullable Instant eraseAfter,
            Instant now);

    @Update("""
            update customers.customer set version = version + 1, updated_at = #{now}
             where tenant_id = #{tenant} and customer_id = #{id}
            """)
    int touch(TenantId tenant, CustomerId id, Instant now);

    @Select("select " + COLUMNS + """
            from customers.customer c
            where c.tenant_id = #{tenant} and c.customer_id = #{id} and c.erased_at is null
            """)
    Optional<CustomerRow> find(TenantId tenant, CustomerId id);

    /** Every writer takes the row first, so that two of them follow one another. */
    @Select("select " + COLUMNS + """
            from customers.customer c
            where c.tenant_id = #{tenant} and c.customer_id = #{id} and c.erased_at is null
            for update
            """)
    Optional<CustomerRow> lock(TenantId tenant, CustomerId id);

    /** Two customers that shall become parent and child: always in the order of their ids, so that two such moves cannot deadlock. */
    @Select("select " + COLUMNS + """
            from customers.customer c
            where c.tenant_id = #{tenant} and c.customer_id = any (#{ids}) and c.erased_at is null
            order by c.customer_id
            for update
            """)
    List<CustomerRow> lockAll(TenantId tenant, UUID[] ids);

    @Select("""
            select c.status from customers.customer c
             where c.tenant_id = #{tenant} and c.customer_id = #{id} and c.erased_at is null
            """)
    Optional<AccountStatus> status(TenantId tenant, CustomerId id);

    @Select("""
            select c.customer_id from customers.customer c
             where c.tenant_id = #{tenant} and c.customer_id = any (#{ids}) and c.status <> 'DELETED'
            """)
    List<CustomerId> existing(TenantId tenant, UUID[] ids);

    @Select("""
            select c.customer_id, c.name from customers.customer c
             where c.tenant_id = #{tenant} and c.customer_id = any (#{ids})
            """)
    List<NamedRow> names(TenantId tenant, UUID[] ids);

    @Select("""
            select c.customer_id, c.name from customers.customer c
             where c.tenant_id = #{tenant} and c.likeness = #{likeness} and c.customer_id <> #{except}
               and c.status <> 'DELETED'
             order by c.customer_id limit 3
            """)
    List<NamedRow> alike(TenantId tenant, String likeness, CustomerId except);

    @Select("""
            select exists (select 1 from customers.customer c
             where c.tenant_id = #{tenant} and c.parent_id = #{id} and c.erased_at is null)
            """)
    boolean hasChildren(TenantId tenant, CustomerId id);

    @Select("<script>select " + COLUMNS + """
            from customers.customer c
            where c.tenant_id = #{tenant} and c.erased_at is null
            """ + STATUS + COUNTRY + """
              and (c.name_key, c.customer_id) &gt; (#{afterName}, #{afterId})
            order by c.name_key, c.customer_id limit #{most}
            </script>""")
    List<CustomerRow> byName(
            TenantId tenant,
            @Nullable AccountStatus only,
            @Nullable String country,
            String afterName,
            UUID afterId,
            int most);

    @Select("<script>select " + COLUMNS + """
            from customers.customer c
            where c.tenant_id = #{tenant} and c.erased_at is null
            """ + STATUS + COUNTRY + """
              and (c.name_key, c.customer_id) &lt; (#{afterName}, #{afterId})
            order by c.name_key desc, c.customer_id desc limit #{most}
            </script>""")
    List<CustomerRow> byNameDown(
            TenantId tenant,
            @Nullable AccountStatus only,
            @Nullable String country,
            String afterName,
            UUID afterId,
            int most);

    /** Those of a period by name: no index has both, so that PostgreSQL chooses between the names and the period. */
    @Select("<script>select " + COLUMNS + """
            from customers.customer c
            where c.tenant_id = #{tenant} and c.erased_at is null
            """ + STATUS + COUNTRY + PERIOD + """
            <choose>
              <when test="down">
                and (c.name_key, c.customer_id) &lt; (#{afterName}, #{afterId})
                order by c.name_key desc, c.customer_id desc
              </when>
              <otherwise>
                and (c.name_key, c.customer_id) &gt; (#{afterName}, #{afterId})
                order by c.name_key, c.customer_id
              </otherwise>
            </choose>
            limit #{most}
            </script>""")
    List<CustomerRow> registeredByName(
            TenantId tenant,
            @Nullable AccountStatus only,
            @Nullable String country,
            Registered registered,
            boolean down,
            String afterName,
            UUID afterId,
            int most);

    @Select("<script>select " + COLUMNS + """
            from customers.customer c
            where c.tenant_id = #{tenant} and c.erased_at is null
            """ + STATUS + COUNTRY + PERIOD + """
              and c.customer_id &lt; #{afterId}
            order by c.customer_id desc limit #{most}
            </script>""")
    List<CustomerRow> newest(
            TenantId tenant,
            @Nullable AccountStatus only,
            @Nullable String country,
            @Nullable Registered registered,
            UUID afterId,
            int most);

    @Select("<script>select " + COLUMNS + """
            from customers.customer c
            where c.tenant_id = #{tenant} and c.erased_at is null
            """ + STATUS + COUNTRY + PERIOD + """
              and c.customer_id &gt; #{afterId}
            order by c.customer_id limit #{most}
            </script>""")
    List<CustomerRow> oldest(
            TenantId tenant,
            @Nullable AccountStatus only,
            @Nullable String country,
            @Nullable Registered registered,
            UUID afterId,
            int most);

    /** The rows whose name or e-mail is like the pattern, in the order that the sort names. */
    @Select("select " + COLUMNS + """
            from customers.matching(#{pattern}, #{statuses}, #{country}::text, #{registered.from}::timestamptz,
                   #{registered.to}::timestamptz, #{registered.firstId}::uuid, #{registered.lastId}::uuid,
                   #{sort}, #{afterName}, #{afterId}, #{most})
                   with ordinality as m(customer_id, place)
            join customers.customer c on c.tenant_id = #{tenant} and c.customer_id = m.customer_id
            order by m.place
            """)
    List<CustomerRow> matching(
            TenantId tenant,
            String pattern,
            String[] statuses,
            @Nullable String country,
            @Nullable Registered registered,
            String sort,
            String afterName,
            UUID afterId,
            int most);

    /** Those of these that are there, the newest first. */
    @Select("select " + COLUMNS + """
            from customers.customer c
            where c.tenant_id = #{tenant} and c.customer_id = any (#{ids}) and c.erased_at is null
              and c.status <> 'DELETED' and c.customer_id < #{afterId}
            order by c.customer_id desc limit #{most}
            """)
    List<CustomerRow> chosen(TenantId tenant, UUID[] ids, UUID afterId, int most);

    @Select("""
            <script>
            select count(*) from (select 1 from customers.customer c
            where c.tenant_id = #{tenant} and c.erased_at is null
            """ + STATUS + COUNTRY + PERIOD + """
            order by c.customer_id limit #{most}) counted
            </script>
            """)
    int count(
            TenantId tenant,
            @Nullable AccountStatus only,
            @Nullable String country,
            @Nullable Registered registered,
            int most);

    /** How many of these, each named with a state, have an active account: by state. */
    @Select("""
            select k.state, count(*)::integer as customers
              from (select unnest(#{ids}) as customer_id, unnest(#{states}) as state) k
              join customers.customer c on c.tenant_id = #{tenant} and c.customer_id = k.customer_id
             where c.status = 'ACTIVE' and c.erased_at is null
             group by k.state
            """)
    List<StateRow> activeByState(TenantId tenant, UUID[] ids, String[] states);

    @Select("""
            select w.customer_id, w.workspace_id from customers.customer_workspace w
             where w.tenant_id = #{tenant} and w.customer_id = any (#{ids})
             order by w.customer_id, w.workspace_id
            """)
    List<WorkspaceRow> workspaces(TenantId tenant, UUID[] ids);

    @Delete("""
            delete from customers.customer_workspace
             where tenant_id = #{tenant} and customer_id = #{id} and workspace_id <> all (#{kept})
            """)
    int removeWorkspaces(TenantId tenant, CustomerId id, UUID[] kept);

    @Insert("""
            insert into customers.customer_workspace (tenant_id, customer_id, workspace_id)
            select #{tenant}, #{id}, w from unnest(#{workspaces}) w
            on conflict do nothing
            """)
    int addWorkspaces(TenantId tenant, CustomerId id, UUID[] workspaces);

    @Select("""
            select exists (select 1 from customers.customer_workspace w
             where w.tenant_id = #{tenant} and w.workspace_id = #{workspace})
            """)
    boolean workspaceUsed(TenantId tenant, WorkspaceId workspace);

    @Select("""
            select distinct w.workspace_id from customers.customer_workspace w
             where w.tenant_id = #{tenant} and w.customer_id = any (#{customers})
            """)
    List<WorkspaceId> usableWorkspaces(TenantId tenant, UUID[] customers);

    /** Keeps who the admin is, and the address that the search looks at. */
    @Update("""
            update customers.customer set admin_id = #{admin}, email = #{email}
             where tenant_id = #{tenant} and customer_id = #{id} and erased_at is null
               and (email is distinct from #{email} or admin_id is distinct from #{admin})
            """)
    int copyAdmin(TenantId tenant, CustomerId id, @Nullable UserId admin, @Nullable String email);

    @Update("""
            update customers.customer set email = #{email}
             where tenant_id = #{tenant} and customer_id = #{id} and admin_id = #{admin} and erased_at is null
            """)
    int adminsAddress(TenantId tenant, CustomerId id, UserId admin, String email);

    @Select("""
            select c.customer_id from customers.customer c
             where c.tenant_id = #{tenant} and c.parent_id = #{parent} and c.status <> 'DELETED'
            """)
    List<CustomerId> children(TenantId tenant, CustomerId parent);

    /** Whose grace period is over and of whom some part, or the account itself, is not erased yet. */
    @Select("""
            select c.customer_id from customers.customer c
             where c.tenant_id = #{tenant} and c.erase_after <= #{now}
               and (c.erased_at is null or exists (select 1 from unnest(#{parts}) p where not exists (
                 select 1 from customers.erased_part e
                  where e.tenant_id = #{tenant} and e.customer_id = c.customer_id and e.part = p)))
             order by c.erase_after, c.customer_id limit #{most}
            """)
    List<CustomerId> toErase(TenantId tenant, String[] parts, Instant now, int most);

    /** Takes the row of a customer that is still to be erased; empty when another node or an activation was faster. */
    @Select("""
            select c.customer_id from customers.customer c
             where c.tenant_id = #{tenant} and c.customer_id = #{id} and c.erase_after <= #{now}
            for update
            """)
    Optional<CustomerId> lockToErase(TenantId tenant, CustomerId id, Instant now);

    @Select("select e.part from customers.erased_part e where e.tenant_id = #{tenant} and e.customer_id = #{id}")
    List<String> erasedParts(TenantId tenant, CustomerId id);

    @Insert("""
            insert into customers.erased_part (tenant_id, customer_id, part, erased_at)
            values (#{tenant}, #{id}, #{part}, #{now})
            """)
    void partErased(TenantId tenant, CustomerId id, String part, Instant now);

    /** Takes every personal field; what stays is a row that money can point to and that names nobody. */
    @Update("""
            update customers.customer
               set name = #{pseudonym}, likeness = '', email = null, admin_id = null, website = null, phone = null, country = null,
                   line1 = null, line2 = null, city = null, state = null, postal_code = null, description = null,
                   notes = null, contact_name = null, contact_phone = null, contact_email = null,
                   contact_address = null, status_reason = null, parent_id = null, erased_at = #{now},
                   version = version + 1, updated_at = #{now}
             where tenant_id = #{tenant} and customer_id = #{id} and erased_at is null
            """)
    int blank(TenantId tenant, CustomerId id, String pseudonym, Instant now);

    @Update("""
            update customers.customer set parent_id = null, version = version + 1, updated_at = #{now}
             where tenant_id = #{tenant} and parent_id = #{id}
            """)
    int releaseChildren(TenantId tenant, CustomerId id, Instant now);

    /** A customer's name. */
    record NamedRow(CustomerId customerId, String name) {}

    /** How many customers there are in a state. */
    record StateRow(String state, int customers) {}

    /** A workspace that a customer may use. */
    record WorkspaceRow(CustomerId customerId, WorkspaceId workspaceId) {}
}

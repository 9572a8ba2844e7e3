package org.bursar.identity.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.AuditEntryId;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** Audit entries, the chain over them and the keys that they are sealed with. */
public interface AuditMapper {
    String COLUMNS = """
            e.audit_entry_id, e.at, e.actor_kind, e.actor_id, e.actor_name, e.action, e.subject, e.customer_id,
            e.state_before::text as state_before, e.state_after::text as state_after,
            translate(encode(e.sealed_before, 'base64'), E'\\n', '') as sealed_before,
            translate(encode(e.sealed_after, 'base64'), E'\\n', '') as sealed_after
            """;

    /** The entry, and that the chain does not have it yet. */
    @Insert("""
            with entry as (
              insert into identity.audit_entry (tenant_id, audit_entry_id, at, actor_kind, actor_id, actor_name,
                action, subject,
                customer_id, state_before, state_after, sealed_before, sealed_after)
              values (#{tenant}, #{row.auditEntryId}, #{row.at}, #{row.actorKind}, #{row.actorId}, #{row.actorName},
                #{row.action},
                #{row.subject}, #{row.customerId}, #{row.stateBefore}::json, #{row.stateAfter}::json,
                decode(#{row.sealedBefore}, 'base64'), decode(#{row.sealedAfter}, 'base64'))
              returning tenant_id, audit_entry_id)
            insert into identity.audit_unchained (tenant_id, audit_entry_id)
            select tenant_id, audit_entry_id from entry
            """)
    int insert(TenantId tenant, AuditRow row);

    @Select("select " + COLUMNS
            + " from identity.audit_entry e where e.tenant_id = #{tenant} and e.audit_entry_id = #{id}")
    Optional<AuditRow> get(TenantId tenant, AuditEntryId id);

    @Select("""
            <script>
            select
            """ + COLUMNS + """
            from identity.audit_entry e
            where e.tenant_id = #{tenant}
            <if test="subject != null">and e.subject = #{subject}</if>
            <if test="customer != null">and e.customer_id = #{customer}</if>
            <if test="after != null">and e.audit_entry_id &lt; #{after}</if>
            order by e.audit_entry_id desc
            limit #{limit}
            </script>
            """)
    List<AuditRow> list(
            TenantId tenant, @Nullable String subject, @Nullable CustomerId customer, @Nullable UUID after, int limit);

    @Insert("""
            insert into identity.customer_key (tenant_id, customer_id, sealed, created_at)
            values (#{tenant}, #{customer}, #{sealed}, #{now})
            on conflict (tenant_id, customer_id) do nothing
            """)
    int insertKey(TenantId tenant, CustomerId customer, byte[] sealed, Instant now);

    @Select("""
            select encode(sealed, 'base64') as sealed, destroyed_at
            from identity.customer_key where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    Optional<KeyRow> key(TenantId tenant, CustomerId customer);

    /** Makes those who change one customer's users wait for each other. */
    @Select("""
            select customer_id from identity.customer_key
            where tenant_id = #{tenant} and customer_id = #{customer} for update
            """)
    Optional<UUID> lockKey(TenantId tenant, CustomerId customer);

    /** An entry that is written from now on has nothing to be sealed with, so it keeps no state. */
    @Insert("""
            insert into identity.customer_key (tenant_id, customer_id, sealed, created_at, destroyed_at)
            values (#{tenant}, #{customer}, null, #{now}, #{now})
            on conflict (tenant_id, customer_id) do update
            set sealed = null, destroyed_at = coalesce(identity.customer_key.destroyed_at, excluded.destroyed_at)
            """)
    int destroyKey(TenantId tenant, CustomerId customer, Instant now);

    /** The end of the chain. That it grows at one place at a time is seen to by its primary key. */
    @Select("""
            select seq, encode(hash, 'hex') as hash from identity.audit_chain
            where tenant_id = #{tenant} order by seq desc limit 1
            """)
    Optional<ChainEnd> chainEnd(TenantId tenant);

    /** Takes entries that wait for the chain, oldest first. */
    @Select("""
            with taken as (
              delete from identity.audit_unchained u
              where u.tenant_id = #{tenant} and u.audit_entry_id in (
                select w.audit_entry_id from identity.audit_unchained w
                where w.tenant_id = #{tenant} order by w.audit_entry_id limit #{limit} for update)
              returning u.audit_entry_id)
            select
            """ + COLUMNS + """
            from identity.audit_entry e
            where e.tenant_id = #{tenant} and e.audit_entry_id in (select t.audit_entry_id from taken t)
            order by e.audit_entry_id
            """)
    List<AuditRow> takeUnchained(TenantId tenant, int limit);

    @Insert("""
            insert into identity.audit_chain (tenant_id, seq, audit_entry_id, hash)
            values (#{tenant}, #{seq}, #{entry}, #{hash})
            """)
    int chain(TenantId tenant, long seq, AuditEntryId entry, byte[] hash);

    @Select("""
            select c.seq, encode(c.hash, 'hex') as hash, c.audit_entry_id from identity.audit_chain c
            where c.tenant_id = #{tenant} and c.seq > #{after} order by c.seq limit #{limit}
            """)
    List<ChainRow> chainAfter(TenantId tenant, long after, int limit);

    @Select("select " + COLUMNS
            + " from identity.audit_entry e where e.tenant_id = #{tenant} and e.audit_entry_id = any (#{ids})")
    List<AuditRow> all(TenantId tenant, UUID[] ids);

    /** How many entries neither the chain has nor the queue for it. */
    @Select("""
            select count(*) from identity.audit_entry e
            where e.tenant_id = #{tenant}
            and not exists (select 1 from identity.audit_chain c
              where c.tenant_id = #{tenant} and c.audit_entry_id = e.audit_entry_id)
            and not exists (select 1 from identity.audit_unchained u
              where u.tenant_id = #{tenant} and u.audit_entry_id = e.audit_entry_id)
            """)
    int strays(TenantId tenant);

    /** A customer's key, sealed, in base 64. */
    record KeyRow(@Nullable String sealed, @Nullable Instant destroyedAt) {}

    /** The last link of the chain. */
    record ChainEnd(long seq, String hash) {}

    /** A link of the chain. */
    record ChainRow(long seq, String hash, AuditEntryId auditEntryId) {}
}

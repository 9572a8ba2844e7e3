package org.bursar.rest.internal.sql;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** Statements over {@code rest.idempotency}. */
public interface IdempotencyMapper {
    /**
     * What is known of a key, and whether this transaction may go on with it. The lock only tells a running request from a new
     * one early; what makes the effect happen once is the primary key.
     */
    @Select("""
            select i.resource_id, i.body_hash, pg_try_advisory_xact_lock(#{lock}) as free
              from (select 1) as one
              left join rest.idempotency i on i.tenant_id = #{tenant} and i.key_hash = #{keyHash}
            """)
    Claim claim(TenantId tenant, byte[] keyHash, long lock);

    /** The same for many keys, in their order. */
    @Select("""
            select i.resource_id, i.body_hash, pg_try_advisory_xact_lock(k.lock) as free
              from unnest(#{keyHashes}, #{locks}) with ordinality as k (key_hash, lock, place)
              left join rest.idempotency i on i.tenant_id = #{tenant} and i.key_hash = k.key_hash
             order by k.place
            """)
    List<Claim> claimAll(TenantId tenant, byte[][] keyHashes, Long[] locks);

    /** Remembers what many keys did. */
    @Insert("""
            insert into rest.idempotency (tenant_id, key_hash, body_hash, resource_id, created_at)
            select #{tenant}, k.key_hash, k.body_hash, k.resource_id, #{now}
              from unnest(#{keyHashes}, #{bodyHashes}, #{resourceIds}) as k (key_hash, body_hash, resource_id)
            """)
    int rememberAll(TenantId tenant, byte[][] keyHashes, byte[][] bodyHashes, String[] resourceIds, Instant now);

    /** What is known of a key. */
    @Select("""
            select i.resource_id, i.body_hash, true as free
              from rest.idempotency i
             where i.tenant_id = #{tenant} and i.key_hash = #{keyHash}
            """)
    @Nullable
    Claim find(TenantId tenant, byte[] keyHash);

    /** Remembers what a key did. */
    @Insert("""
            insert into rest.idempotency (tenant_id, key_hash, body_hash, resource_id, created_at)
            values (#{tenant}, #{keyHash}, #{bodyHash}, #{resourceId}, #{now})
            """)
    void remember(TenantId tenant, byte[] keyHash, byte[] bodyHash, String resourceId, Instant now);

    /** Forgets old keys of a tenant, a bounded number at a time. */
    @Delete("""
            delete from rest.idempotency
             where tenant_id = #{tenant}
               and key_hash in (select key_hash from rest.idempotency
                                 where tenant_id = #{tenant} and created_at < #{before} limit 5000)
            """)
    int forget(TenantId tenant, Instant before);

    /**
     * A key's row.
     *
     * @param resourceId null when there is no row
     * @param free whether no other transaction works on the key
     */
    record Claim(@Nullable String resourceId, byte @Nullable [] bodyHash, boolean free) {}
}

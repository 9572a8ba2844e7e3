package org.bursar.customers.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;

/** Statements over {@code customers.access_change}, which nodes read for all tenants at once. */
public interface AccessChangeMapper {
    @Insert("""
            insert into customers.access_change (tenant_id, change_id, customer_id, only_refusals, node_id,
                                                 transaction_id, changed_at)
            values (#{tenant}, #{change}, #{customer}, #{onlyRefusals}, #{node}, pg_current_xact_id()::text::bigint, #{now})
            """)
    int insert(TenantId tenant, UUID change, CustomerId customer, boolean onlyRefusals, UUID node, Instant now);

    /**
     * Before which transaction every one has ended. To be asked before {@link #since} is: what is committed later than this
     * question is at or above it the next time.
     */
    @Select("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    long oldestRunning();

    /** What transactions from this one on have changed and committed, but for what this node did itself. */
    @Select("""
            select tenant_id as tenant, change_id, customer_id as customer, only_refusals
              from customers.access_change
             where transaction_id >= #{from} and node_id <> #{node}
            """)
    List<Change> since(long from, UUID node);

    /** Forgets what every node has heard long ago. */
    @Delete("delete from customers.access_change where changed_at < #{before}")
    int forget(Instant before);

    /** One change; other nodes forget what they remember of that customer, or only a refusal. */
    record Change(TenantId tenant, UUID changeId, CustomerId customer, boolean onlyRefusals) {}
}

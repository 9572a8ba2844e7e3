package org.bursar.gatewaydeployment.internal.sql;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.TenantId;

/** Statements over approvals. */
public interface ApprovalMapper {
    /** Those of the jars that a node has, which are a hundred at most. */
    @Select("""
            select digest, symbolic_name, version, chosen_at, quarantine
              from gateway_deployment.approval
             where tenant_id = #{tenant} and digest = any (#{digests})
            """)
    List<ApprovalRow> of(TenantId tenant, String[] digests);

    /** Approves; approved again it is chosen again, and no longer in quarantine. */
    @Insert("""
            insert into gateway_deployment.approval (tenant_id, digest, symbolic_name, version, file, approved_by, approved_at, chosen_at)
            values (#{tenant}, #{digest}, #{symbolicName}, #{version}, #{file}, #{by}, #{now}, #{now})
            on conflict (tenant_id, digest) do update
              set chosen_at = excluded.chosen_at, quarantined_at = null, quarantine = null
            """)
    int approve(
            TenantId tenant, String digest, String symbolicName, String version, String file, String by, Instant now);

    /** The same for one that nobody has judged yet. */
    @Insert("""
            insert into gateway_deployment.approval (tenant_id, digest, symbolic_name, version, file, approved_by, approved_at, chosen_at)
            values (#{tenant}, #{digest}, #{symbolicName}, #{version}, #{file}, #{by}, #{now}, #{now})
            on conflict (tenant_id, digest) do nothing
            """)
    int approveNew(
            TenantId tenant, String digest, String symbolicName, String version, String file, String by, Instant now);

    @Update("""
            update gateway_deployment.approval set chosen_at = #{now}, quarantined_at = null, quarantine = null
             where tenant_id = #{tenant} and digest = #{digest}
            """)
    int choose(TenantId tenant, String digest, Instant now);

    @Update("""
            update gateway_deployment.approval set quarantined_at = #{now}, quarantine = #{reason}
             where tenant_id = #{tenant} and digest = #{digest} and quarantine is null
            """)
    int quarantine(TenantId tenant, String digest, String reason, Instant now);
}

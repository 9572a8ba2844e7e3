package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.Actor;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.Claim;

/** Statements over what payers show as proof. */
public interface SlipMapper {
    @Insert("""
            insert into purchases.slip (tenant_id, purchase_id, number, customer_id, file_name, media_type, bytes, content, note,
                claimed_by, claimed_by_name, claimed_at)
            values (#{tenant}, #{id}, #{row.number}, #{customer}, #{row.fileName}, #{row.mediaType}, #{row.bytes}, #{row.content},
                #{row.note}, #{actor.id}, #{actor.name}, #{now})
            """)
    int insert(
            TenantId tenant, PurchaseId id, CustomerId customer, @Param("row") SlipRow row, Actor actor, Instant now);

    @Select("""
            select count(*) from purchases.slip where tenant_id = #{tenant} and purchase_id = #{id}
            """)
    int count(TenantId tenant, PurchaseId id);

    @Select("""
            select claimed_by as "by", claimed_by_name as name, claimed_at as "at", note, file_name, media_type, bytes,
                   number as slips
              from purchases.slip
             where tenant_id = #{tenant} and purchase_id = #{id}
             order by number desc
             limit 1
            """)
    Optional<Claim> last(TenantId tenant, PurchaseId id);

    @Select("""
            select number, file_name, media_type, bytes, content, note
              from purchases.slip
             where tenant_id = #{tenant} and purchase_id = #{id}
             order by number desc
             limit 1
            """)
    Optional<SlipRow> content(TenantId tenant, PurchaseId id);

    @Delete("""
            delete from purchases.slip where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int erase(TenantId tenant, CustomerId customer);
}

package org.bursar.metering.internal.sql;

import java.time.LocalDate;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.TenantId;

/** Partitions, by the functions that the owner of the schema lends. */
public interface PartitionMapper {
    @Select(value = "select metering.make_partition(#{parent}, #{day})", affectData = true)
    boolean make(String parent, LocalDate day);

    @Select(value = "select metering.drop_seen_before(#{day})", affectData = true)
    int dropSeenBefore(LocalDate day);

    @Select(value = "select metering.drop_events_before(#{day})", affectData = true)
    int dropEventsBefore(LocalDate day);

    @Select(value = "select metering.delete_events_before(#{tenant}, #{day})", affectData = true)
    long deleteEventsBefore(TenantId tenant, LocalDate day);

    /** What a day without a partition of its own left behind. */
    @Delete("delete from metering.event_seen where tenant_id = #{tenant} and day < #{day}")
    int deleteSeenBefore(TenantId tenant, LocalDate day);
}

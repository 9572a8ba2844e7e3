package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.TenantId;
import org.bursar.plans.Meter;

/** Meters. */
public interface MeterMapper {
    /** Answers 0 when the key is taken. */
    @Insert("""
            insert into plans.meter
              (tenant_id, meter_id, key, name, unit, aggregation, cost_per_unit, created_at, version)
            values (#{tenant}, #{meter.id}, #{meter.key}, #{meter.name}, #{meter.unit}, #{meter.aggregation},
              #{meter.costPerUnit}, #{meter.createdAt}, #{meter.version})
            on conflict (tenant_id, key) do nothing
            """)
    int insert(TenantId tenant, Meter meter);

    @Select("""
            select meter_id as id, key, name, unit, aggregation, cost_per_unit, created_at, version
              from plans.meter
             where tenant_id = #{tenant} and meter_id = #{meter}
            """)
    Optional<Meter> byId(TenantId tenant, MeterId meter);

    @Select("""
            select meter_id as id, key, name, unit, aggregation, cost_per_unit, created_at, version
              from plans.meter
             where tenant_id = #{tenant} and key = any (#{keys})
            """)
    List<Meter> byKeys(TenantId tenant, String[] keys);

    @Select("""
            select meter_id as id, key, name, unit, aggregation, cost_per_unit, created_at, version
              from plans.meter
             where tenant_id = #{tenant} and meter_id = any (#{meters})
            """)
    List<Meter> byIds(TenantId tenant, UUID[] meters);

    @Select("""
            select meter_id as id, key, name, unit, aggregation, cost_per_unit, created_at, version
              from plans.meter
             where tenant_id = #{tenant} and key > #{after}
             order by key
             limit #{limit}
            """)
    List<Meter> page(TenantId tenant, String after, int limit);

    /** Answers 0 when it changed meanwhile. */
    @Update("""
            update plans.meter
               set name = #{name}, unit = #{unit}, cost_per_unit = #{costPerUnit}, version = version + 1
             where tenant_id = #{tenant} and meter_id = #{meter} and version = #{version}
            """)
    int update(TenantId tenant, MeterId meter, long version, String name, String unit, BigDecimal costPerUnit);
}

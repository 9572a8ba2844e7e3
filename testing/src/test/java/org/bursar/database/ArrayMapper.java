package org.bursar.database;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL takes arrays for. */
public interface ArrayMapper {
    @Select("select coalesce(a::text, 'none') from unnest(#{ids}) with ordinality u(a, place) order by place")
    List<String> ids(@Nullable UUID[] ids);

    @Select("select coalesce(a::text, 'none') from unnest(#{decimals}) with ordinality u(a, place) order by place")
    List<String> decimals(@Nullable BigDecimal[] decimals);

    @Select("""
            select coalesce(to_char(a at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), 'none')
              from unnest(#{times}) with ordinality u(a, place)
             order by place
            """)
    List<String> times(@Nullable Instant[] times);
}

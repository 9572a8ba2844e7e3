package org.bursar.testing;

import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

interface NapMapper {
    @Select("select pg_sleep(#{seconds})::text")
    String sleep(@Param("seconds") double seconds);

    @Select("select pg_backend_pid()")
    int backend();
}

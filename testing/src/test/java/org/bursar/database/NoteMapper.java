package org.bursar.database;

import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;

interface NoteMapper {
    @Insert(
            "insert into probe.note (tenant_id, note_id, customer_id, text) values (#{tenant}, #{id}, #{customer}, #{text})")
    void insert(TenantId tenant, UUID id, CustomerId customer, String text);

    /** Deliberately without a tenant: only the database's policy holds it. */
    @Select("select text from probe.note order by text")
    List<String> allThatIsVisible();

    @Select("select tenant_id, customer_id, text from probe.note where note_id = #{id}")
    Note find(UUID id);

    @Select("select pg_sleep(#{seconds})::text")
    String sleep(double seconds);

    @Select("select 1 / #{zero}")
    int divide(int zero);

    record Note(TenantId tenantId, CustomerId customerId, String text) {}
}

package org.bursar.plans.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.AddOnId;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.bursar.plans.Limit;
import org.jspecify.annotations.Nullable;

/** Add-ons, their terms, and who has them. */
public interface AddOnMapper {
    /** What every select of an {@link AddOnRow} begins with. */
    String ROW = """
            select a.add_on_id, a.key, a.name, v.number, v.price_amount, v.price_currency, v.limit_name, v.raises_by,
                   a.least, a.most, a.active, a.created_at, a.version
              from plans.add_on a
              join plans.add_on_version v on v.tenant_id = a.tenant_id and v.add_on_id = a.add_on_id
                   and v.number = a.current_number
            """;

    /** Answers 0 when the key is taken. */
    @Insert("""
            insert into plans.add_on
              (tenant_id, add_on_id, key, name, current_number, least, most, active, created_at, version)
            values (#{tenant}, #{a.addOnId}, #{a.key}, #{a.name}, #{a.number}, #{a.least}, #{a.most}, #{a.active},
              #{a.createdAt}, #{a.version})
            on conflict (tenant_id, key) do nothing
            """)
    int insert(TenantId tenant, AddOnRow a);

    @Insert("""
            insert into plans.add_on_version
              (tenant_id, add_on_id, number, price_amount, price_currency, limit_name, raises_by, created_at)
            values (#{tenant}, #{addOn}, #{number}, #{amount}, #{currency}, #{limit}, #{raisesBy}, #{now})
            """)
    int insertVersion(
            TenantId tenant,
            AddOnId addOn,
            int number,
            BigDecimal amount,
            String currency,
            @Nullable Limit limit,
            int raisesBy,
            Instant now);

    @Select(ROW + " where a.tenant_id = #{tenant} and a.add_on_id = #{addOn}")
    Optional<AddOnRow> byId(TenantId tenant, AddOnId addOn);

    @Select(ROW + " where a.tenant_id = #{tenant} and a.key = #{key}")
    Optional<AddOnRow> byKey(TenantId tenant, String key);

    @Select(ROW + """
             where a.tenant_id = #{tenant} and a.key > #{after}
             order by a.key
             limit #{limit}
            """)
    List<AddOnRow> page(TenantId tenant, String after, int limit);

    /** Locks the row first, so that terms are numbered without a gap. */
    @Select("""
            select version
              from plans.add_on
             where tenant_id = #{tenant} and add_on_id = #{addOn}
               for update
            """)
    Optional<Long> lock(TenantId tenant, AddOnId addOn);

    @Update("""
            update plans.add_on
               set name = #{a.name}, current_number = #{a.number}, least = #{a.least}, most = #{a.most}, active = #{a.active},
                   version = version + 1
             where tenant_id = #{tenant} and add_on_id = #{a.addOnId}
            """)
    int update(TenantId tenant, AddOnRow a);

    @Select("""
            select s.customer_id, s.add_on_id, a.key, a.name, s.number, v.price_amount, v.price_currency, v.limit_name,
                   v.raises_by, s.quantity, s.since
              from plans.subscription_add_on s
              join plans.add_on a on a.tenant_id = s.tenant_id and a.add_on_id = s.add_on_id
              join plans.add_on_version v on v.tenant_id = s.tenant_id and v.add_on_id = s.add_on_id and v.number = s.number
             where s.tenant_id = #{tenant} and s.customer_id = any (#{customers})
             order by s.customer_id, a.key
            """)
    List<SubscribedAddOnRow> of(TenantId tenant, UUID[] customers);

    /** By how much a customer's add-ons raise a limit. */
    @Select("""
            select coalesce(sum(s.quantity::bigint * v.raises_by), 0)::bigint
              from plans.subscription_add_on s
              join plans.add_on_version v on v.tenant_id = s.tenant_id and v.add_on_id = s.add_on_id and v.number = s.number
             where s.tenant_id = #{tenant} and s.customer_id = #{customer} and v.limit_name = #{limit}
            """)
    long raised(TenantId tenant, CustomerId customer, Limit limit);

    @Insert("""
            insert into plans.subscription_add_on (tenant_id, customer_id, add_on_id, number, quantity, since)
            values (#{tenant}, #{customer}, #{addOn}, #{number}, #{quantity}, #{now})
            on conflict (tenant_id, customer_id, add_on_id) do update
               set number = excluded.number, quantity = excluded.quantity
            """)
    int set(TenantId tenant, CustomerId customer, AddOnId addOn, int number, int quantity, Instant now);

    @Delete("""
            delete from plans.subscription_add_on
             where tenant_id = #{tenant} and customer_id = #{customer} and add_on_id = #{addOn}
            """)
    int remove(TenantId tenant, CustomerId customer, AddOnId addOn);

    @Delete("""
            delete from plans.subscription_add_on
             where tenant_id = #{tenant} and customer_id = #{customer}
            """)
    int removeAll(TenantId tenant, CustomerId customer);
}

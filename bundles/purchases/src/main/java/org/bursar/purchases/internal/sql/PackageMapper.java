package org.bursar.purchases.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.PackageId;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** Statements over {@code purchases.package}. */
public interface PackageMapper {
    String PACKAGE = """
            select package_id, name, price_minor, price_currency, credits, active, created_at, updated_at, version
              from purchases.package
             where tenant_id = #{tenant}
            """;

    @Insert("""
            insert into purchases.package (tenant_id, package_id, name, price_minor, price_currency, credits, active,
                created_at, updated_at, version)
            values (#{tenant}, #{id}, #{name}, #{priceMinor}, #{priceCurrency}, #{credits}, #{active}, #{now}, #{now}, 1)
            """)
    int insert(
            TenantId tenant,
            PackageId id,
            String name,
            long priceMinor,
            String priceCurrency,
            BigDecimal credits,
            boolean active,
            Instant now);

    @Select(PACKAGE + " and package_id = #{id}")
    Optional<PackageRow> find(TenantId tenant, PackageId id);

    @Select(PACKAGE + " and package_id = #{id} for update")
    Optional<PackageRow> lock(TenantId tenant, PackageId id);

    @Select(PACKAGE + """
               and (#{active}::boolean is null or active = #{active}::boolean)
               and (#{before}::uuid is null or package_id < #{before}::uuid)
             order by package_id desc
             limit #{limit}
            """)
    List<PackageRow> list(TenantId tenant, @Nullable Boolean active, @Nullable PackageId before, int limit);

    @Update("""
            update purchases.package
               set name = #{name}, price_minor = #{priceMinor}, price_currency = #{priceCurrency}, credits = #{credits},
                   active = #{active}, updated_at = #{now}, version = version + 1
             where tenant_id = #{tenant} and package_id = #{id}
            """)
    int update(
            TenantId tenant,
            PackageId id,
            String name,
            long priceMinor,
            String priceCurrency,
            BigDecimal credits,
            boolean active,
            Instant now);
}

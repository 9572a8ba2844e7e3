package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.GatewayHealth;
import org.bursar.purchases.HealthDay;

/** Statements over a tenant's own side of gateways: webhook addresses, health, accounts behind a shared address. */
public interface InstanceMapper {
    @Select("""
            select gateway_id, address_number, address_before_until from purchases.gateway_settings
             where tenant_id = #{tenant}
             order by gateway_id
            """)
    List<AddressRow> addresses(TenantId tenant);

    @Select("""
            select gateway_id, address_number, address_before_until from purchases.gateway_settings
             where tenant_id = #{tenant} and gateway_id = #{gateway}
            """)
    Optional<AddressRow> address(TenantId tenant, String gateway);

    @Update("""
            update purchases.gateway_settings
               set address_number = address_number + 1, address_before_until = #{beforeUntil}, updated_by = #{by},
                   updated_at = #{now}
             where tenant_id = #{tenant} and gateway_id = #{gateway}
            """)
    int rotate(TenantId tenant, String gateway, Instant beforeUntil, String by, Instant now);

    @Select("""
            select code, message, since, checked_at from purchases.gateway_health
             where tenant_id = #{tenant} and gateway_id = #{gateway}
            """)
    Optional<GatewayHealth> health(TenantId tenant, String gateway);

    /** Stores how the provider is; an answer that is older than the stored one changes nothing. */
    @Insert("""
            insert into purchases.gateway_health as h (tenant_id, gateway_id, code, message, since, checked_at)
            values (#{tenant}, #{gateway}, #{code}, #{message}, #{now}, #{now})
            on conflict (tenant_id, gateway_id) do update
              set since = case when h.code = excluded.code then h.since else excluded.since end, code = excluded.code,
                  message = excluded.message, checked_at = excluded.checked_at
              where h.checked_at <= excluded.checked_at
            """)
    int healthIs(TenantId tenant, String gateway, GatewayHealth.Code code, String message, Instant now);

    /** Counts an answer to its day. */
    @Insert("""
            insert into purchases.gateway_health_day as d (tenant_id, gateway_id, day, checks, well)
            values (#{tenant}, #{gateway}, #{day}, 1, #{well})
            on conflict (tenant_id, gateway_id, day) do update
              set checks = d.checks + 1, well = d.well + excluded.well
            """)
    int checked(TenantId tenant, String gateway, LocalDate day, int well);

    @Select("""
            select day, checks, well from purchases.gateway_health_day
             where tenant_id = #{tenant} and gateway_id = #{gateway} and day >= #{firstDay}
             order by day
            """)
    List<HealthDay> healthDays(TenantId tenant, String gateway, LocalDate firstDay);

    @Delete("delete from purchases.gateway_health_day where tenant_id = #{tenant} and day < #{firstDay}")
    int forgetHealthDays(TenantId tenant, LocalDate firstDay);

    /** Forgets secrets that were good before, when nothing that was signed with them can still be in the inbox. */
    @Update("""
            update purchases.gateway_secret set previous = null, previous_until = null
             where tenant_id = #{tenant} and previous_until < #{until}
            """)
    int forgetPrevious(TenantId tenant, Instant until);

    /** Whose an account is; the tenant is the platform's. */
    @Select("""
            select owner_id from purchases.shared_account
             where tenant_id = #{tenant} and gateway_id = #{gateway} and account = #{account}
            """)
    Optional<UUID> owner(TenantId tenant, String gateway, String account);

    /** Gives an account to a tenant, unless another has it. */
    @Insert("""
            insert into purchases.shared_account as a (tenant_id, gateway_id, account, owner_id)
            values (#{tenant}, #{gateway}, #{account}, #{owner})
            on conflict (tenant_id, gateway_id, account) do update set owner_id = a.owner_id
              where a.owner_id = excluded.owner_id
            """)
    int own(TenantId tenant, String gateway, String account, UUID owner);

    @Delete("""
            delete from purchases.shared_account
             where tenant_id = #{tenant} and gateway_id = #{gateway} and owner_id = #{owner} and account <> #{account}
            """)
    int disown(TenantId tenant, String gateway, UUID owner, String account);
}

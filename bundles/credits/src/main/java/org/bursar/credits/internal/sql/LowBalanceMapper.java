package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** Below which balances customers want to be told. */
public interface LowBalanceMapper {
    /** What a customer asked for. */
    record AlertRow(BigDecimal below, @Nullable Instant toldAt) {}

    /** A balance that has fallen. */
    record FallenRow(CustomerId customer, String unit, BigDecimal balance, BigDecimal below) {}

    @Select("""
            select exists (select 1 from credits.wallet
                            where tenant_id = #{tenant} and wallet_id = #{customer} and wallet_id <> #{tenant})
            """)
    boolean hasWallet(TenantId tenant, CustomerId customer);

    @Select("""
            select below, told_at from credits.low_balance where tenant_id = #{tenant} and wallet_id = #{customer}
            """)
    Optional<AlertRow> get(TenantId tenant, CustomerId customer);

    /** Another amount is told of anew. */
    @Insert("""
            insert into credits.low_balance as former (tenant_id, wallet_id, below) values (#{tenant}, #{customer}, #{below})
            on conflict (tenant_id, wallet_id) do update
            set below = excluded.below,
                told_at = case when former.below = excluded.below then former.told_at end
            """)
    int set(TenantId tenant, CustomerId customer, BigDecimal below);

    @Delete("delete from credits.low_balance where tenant_id = #{tenant} and wallet_id = #{customer}")
    int remove(TenantId tenant, CustomerId customer);

    /** Those that are told of now: marked here, so that of several nodes one tells. */
    @Select("""
            update credits.low_balance a set told_at = #{now}
              from credits.wallet w
             where a.tenant_id = #{tenant} and a.told_at is null
               and w.tenant_id = #{tenant} and w.wallet_id = a.wallet_id and w.balance < a.below
            returning a.wallet_id as customer, w.unit, w.balance, a.below
            """)
    List<FallenRow> fall(TenantId tenant, Instant now);

    /** Balances that are well again are told of when they fall the next time; not before so much time has passed. */
    @Update("""
            update credits.low_balance a set told_at = null
              from credits.wallet w
             where a.tenant_id = #{tenant} and a.told_at < #{before}
               and w.tenant_id = #{tenant} and w.wallet_id = a.wallet_id and w.balance >= a.below
            """)
    int rise(TenantId tenant, Instant before);
}

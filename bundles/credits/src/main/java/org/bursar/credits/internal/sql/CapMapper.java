package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;

/** Statements on {@code credits.spend_cap}. Who moves what is held has locked the wallets in a statement before. */
public interface CapMapper {
    /** The caps of users; the n-th user's is that in the n-th wallet. */
    @Select("""
            select c.wallet_id as customer, c.user_id as user, c.amount, c.period, c.spent, c.held, c.period_from,
                   c.period_until, c.by_tenant
              from unnest(#{wallets}, #{users}) as u (wallet_id, user_id)
              join credits.spend_cap c on c.tenant_id = #{tenant} and c.wallet_id = u.wallet_id and c.user_id = u.user_id
            """)
    List<CapRow> of(TenantId tenant, UUID[] wallets, UUID[] users);

    @Select("""
            select wallet_id as customer, user_id as user, amount, period, spent, held, period_from, period_until, by_tenant
              from credits.spend_cap
             where tenant_id = #{tenant} and wallet_id = #{customer} and user_id > #{after}
             order by user_id
             limit #{limit}
            """)
    List<CapRow> page(TenantId tenant, CustomerId customer, UUID after, int limit);

    /**
     * Moves what is spent and held under caps, by what was added since they were read: what usage has cost is counted without the
     * wallet's lock where all of it sums to zero. A cap whose next period somebody else has begun stays in it.
     */
    @Update("""
            update credits.spend_cap c
               set held = c.held + m.held,
                   spent = m.spent + case when c.period_from < m.period_from::timestamptz then 0 else c.spent end,
                   period_from = greatest(c.period_from, m.period_from::timestamptz),
                   period_until = greatest(c.period_until, m.period_until::timestamptz)
              from unnest(#{wallets}, #{users}, #{spent}, #{held}, #{froms}, #{untils})
                     as m (wallet_id, user_id, spent, held, period_from, period_until)
             where c.tenant_id = #{tenant} and c.wallet_id = m.wallet_id and c.user_id = m.user_id
            """)
    int move(
            TenantId tenant,
            UUID[] wallets,
            UUID[] users,
            BigDecimal[] spent,
            BigDecimal[] held,
            String[] froms,
            @Nullable String[] untils);

    /** Sets a cap; what is held is what the user's open holds reserve. */
    @Insert("""
            insert into credits.spend_cap (tenant_id, wallet_id, user_id, amount, period, spent, held, period_from,
                                           period_until, by_tenant, created_at)
            select #{tenant}, #{customer}, #{user}, #{amount}, #{period}, #{spent}, coalesce(sum(h.amount - h.settled), 0),
                   #{from}, #{until}::timestamptz, #{byTenant}, #{now}
              from credits.hold h
             where h.tenant_id = #{tenant} and h.wallet_id = #{customer} and h.status = 0 and h.user_id = #{user}
            on conflict (tenant_id, wallet_id, user_id) do update
               set amount = excluded.amount, period = excluded.period, spent = excluded.spent, held = excluded.held,
                   period_from = excluded.period_from, period_until = excluded.period_until,
                   by_tenant = excluded.by_tenant
            """)
    int set(
            TenantId tenant,
            CustomerId customer,
            UserId user,
            BigDecimal amount,
            int period,
            BigDecimal spent,
            Instant from,
            @Nullable String until,
            boolean byTenant,
            Instant now);

    @Delete("""
            delete from credits.spend_cap
             where tenant_id = #{tenant} and wallet_id = #{customer} and user_id = #{user}
            """)
    int remove(TenantId tenant, CustomerId customer, UserId user);

    @Delete("delete from credits.spend_cap where tenant_id = #{tenant} and wallet_id = #{customer}")
    int removeAll(TenantId tenant, CustomerId customer);

    /** Caps that say of what is held something else than the open holds, in one snapshot. */
    @Select("""
            select c.wallet_id as customer, c.user_id as user, c.held, coalesce(h.rests, 0) as open_rests
              from credits.spend_cap c
              left join lateral (
                select sum(o.amount - o.settled) as rests
                  from credits.hold o
                 where o.tenant_id = #{tenant} and o.wallet_id = c.wallet_id and o.status = 0 and o.user_id = c.user_id) h
                on true
             where c.tenant_id = #{tenant} and c.held <> coalesce(h.rests, 0)
             order by c.wallet_id, c.user_id
             limit #{limit}
            """)
    List<WrongCap> wrong(TenantId tenant, int limit);

    /** A cap that is wrong. */
    record WrongCap(CustomerId customer, UserId user, BigDecimal held, BigDecimal openRests) {}
}
